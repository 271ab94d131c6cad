"""What somebody says and draws who signs a consent."""

SAID = {"printed_name": "Ngozi Okafor-Test", "agreed": True, "electronic_agreed": True}
DRAWN = [[[10, 20], [30, 40], [55, 41]], [[100, 100]]]
