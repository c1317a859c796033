"""A territory to try the platform on: real communes, fictional people, a past and a present.

`loading` is the door. `content/` holds what an agency may rewrite; `setting` says on which day the
demo stands; `people` imagines who lives there; the other modules act, through the apps' domains.
"""
