"""The ways through the product, walked as people walk them: in Chromium, page after page, with mail really sent.

Every page that is met is held against WCAG 2.2 A and AA by axe, must not scroll sideways, and must not complain in the
browser's console. With TIDELINE_SCREENS=1 the journeys keep pictures of the main screens in docs/screens/.
"""
