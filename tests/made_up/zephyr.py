"""A convention that exists nowhere: the Zephyr Convention, its committee ZORP, and a procedure with
states and words of its own. All of it is rows."""

from tests.made_up.folder import Folder, listing, meeting, review

# Words that must stand nowhere in app/.
WORDS = ("zephyr", "zorp", "breezed", "gusted", "blown_over", "becalmed")
COMMITTEE = "zorp"
OPEN = "zorp-endosulfan"
WAITING = "zorp-dicofol"
LISTED = "zorp-zephyrine"


def zephyr() -> Folder:
    """The folder of the Zephyr Convention."""
    made = Folder()
    made.add("conventions", id="zephyr", name="Zephyr Convention on Airborne Nuisances",
             short_name="Zephyr Convention", code="ZC", order=90, adopted_on="2008-01-10",
             in_force_on="2009-01-10", checked_on="2026-11-20",
             trade_rule="Nothing moves against the wind (article 7).")  # fmt: skip
    for id, label, role in ((COMMITTEE, "ZORP", "chemical_review"), ("zc-cop", "ZC COP", "cop")):
        made.add("bodies", id=id, convention="zephyr", name=f"The body {label}", label=label,
                 role=role)  # fmt: skip
    meeting(made, "zorp-1", COMMITTEE, "ZORP-1", "2012-09-03", "2012-09-07")
    meeting(made, "zorp-2", COMMITTEE, "ZORP-2", "2026-11-16", "2026-11-20")
    meeting(made, "zc-cop-1", "zc-cop", "ZC COP-1", "2013-05-06", "2013-05-10")
    made.add("meetings", id="zc-cop-9", body="zc-cop", label="ZC COP-9", title="To come",
             status="planned")  # fmt: skip
    made.add("meeting_segments", meeting="zc-cop-9", sequence=1, starts_on="2031-05-05",
             ends_on="2031-05-09", city="Nowhere")  # fmt: skip
    made.add("annexes", id="zephyr-q", convention="zephyr", code="Q", title="Quiet things",
             entry_kind="chemical", effect="restrict", order=1)  # fmt: skip
    _procedure(made)
    made.add("documents", id="zc-1-1", symbol="ZC-1/1", title="Listing of zephyrine",
             kind="decision", meeting="zc-cop-1")  # fmt: skip
    made.chemical("zephyrine", convention="zephyr", name="Zephyrine", formula="C2H2Cl2")
    made.add("names", chemical="zephyrine", name="West wind salt", language="en", kind="synonym")
    listing(made, "zephyr-q-zephyrine", "zephyr-q", "zephyrine", adopted_on="2013-05-10",
            adopted_at="zc-cop-1", decision="zc-1-1", in_force_on="2014-05-10",
            printed_name="Zephyrine")  # fmt: skip
    listing(made, "zephyr-q-aldrin", "zephyr-q", "aldrin", adopted_on="2008-01-10",
            in_force_on="2009-01-10", printed_name="Aldrin", printed_cas="309-00-2")  # fmt: skip
    review(made, LISTED, COMMITTEE, "zephyr-wind", "zephyrine", ("breezed", "2012-01-15", None),
           ("gusted", "2012-09-06", "zorp-1"), ("blown_over", None, "zc-cop-1"))  # fmt: skip
    made.add("review_listings", review=LISTED, listing_event="zephyr-q-zephyrine-added")
    # Before the committee now, and a listed POP that POPRC and CRC have had.
    review(made, OPEN, COMMITTEE, "zephyr-wind", "endosulfan", ("breezed", "2026-01-15", None),
           ("looked_at", "2026-11-18", "zorp-2"))  # fmt: skip
    review(made, WAITING, COMMITTEE, "zephyr-wind", "dicofol", ("breezed", "2012", None),
           ("becalmed", "2012-09-07", "zorp-1"))  # fmt: skip
    made.add("submissions", id="z-endosulfan-2026", kind="amendment_proposal",
             procedure="zephyr-wind", chemical="endosulfan", received_on="2026-01-15")  # fmt: skip
    made.add("submission_parties", submission="z-endosulfan-2026", party="NOR")
    made.add("review_submissions", review=OPEN, submission="z-endosulfan-2026")
    return made


def _procedure(made: Folder) -> None:
    made.add("procedures", id="zephyr-wind", convention="zephyr", kind="listing", name="Of winds",
             evidence_caution="Another's wind is not ours.")  # fmt: skip
    for order, (state, phase) in enumerate(
        (("submitted", "submitted"), ("evaluation", "committee"),
         ("awaiting_submission", "waiting"), ("before_cop", "cop"), ("decided", "closed")), 1,
    ):  # fmt: skip
        made.add("procedure_states", procedure="zephyr-wind", state=state, order=order,
                 label=f"Wind {order}", phase=phase, next_step=f"Step {order}")  # fmt: skip
    for event, before, after, outcome, begins in (
        ("breezed", None, "submitted", None, True),
        (
            "looked_at",
            ["submitted", "evaluation", "awaiting_submission"],
            "evaluation",
            None,
            False,
        ),
        ("becalmed", ["submitted", "evaluation"], "awaiting_submission", None, False),
        ("gusted", ["submitted", "evaluation"], "before_cop", None, False),
        ("blown_over", ["before_cop"], "decided", "listed", False),
    ):
        made.add("procedure_events", procedure="zephyr-wind", event=event, label=event,
                 from_states=before, to_state=after, outcome=outcome, begins=begins)  # fmt: skip
