"""The demo clinic: two sites, plainly invented people, six months of care made by the product's own actions."""
