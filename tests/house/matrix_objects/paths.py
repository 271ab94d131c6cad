"""Which noun stands at which parameter of which path, and under which noun the admin's models go."""

# Path name -> {parameter: noun}.
PATHS = {
    **{f"followup:{name}": {"pk": "patient"} for name in ("patient-safety", "safety-csv", "safety-ask")},
    **{f"followup:{name}": {"pk": "patient", "code": "=liver"} for name in ("safety-waive", "safety-lift")},
    **{f"followup:{name}": {"pk": "referral"} for name in ("adjunct-visit-add", "adjunct-state")},
    "followup:adjunct-visit-tell": {"pk": "adjunct_visit"},
    **{
        f"followup:progress-{verb}": {"pk": "progress_letter"}
        for verb in ("letter", "preview", "sign", "sent", "discard")
    },
    "clinic:link-open": {"token": "token"},
    "followup:diary-show": {"pk": "diary_entry"},
    "clinic:link-resend": {"pk": "link"},
    "account_reset_password_from_key": {"uidb36": "=1", "key": "=set-password"},
    "intake:packet-consent": {"kind": "=treatment"},
    "intake:packet-page": {"slug": "=pain"},
    "intake:packet-draft": {"slug": "=pain"},
    "intake:packet-invite": {"pk": "patient"},
    "intake:rule-show": {"code": "=seizures"},
    "intake:patient-findings": {"pk": "patient"},
    "intake:new-findings-settle": {"pk": "patient"},
    "intake:score-add": {"pk": "patient"},
    "intake:score-screen": {"pk": "patient"},
    "sessions:check-in": {"pk": "later_visit"},
    "sessions:order-sign": {"pk": "order"},
    "sessions:vial-show": {"pk": "container"},
    "sessions:vial-waste": {"pk": "container"},
    "sessions:vial-return": {"pk": "container"},
    "sessions:vial-count": {"pk": "container"},
    "sessions:difference-close": {"pk": "difference"},
    "sessions:vial-move": {"pk": "container"},
    "sessions:vial-take-in": {"pk": "sent_here"},
    "sessions:waste-correct": {"pk": "wasted"},
    "sessions:count-show": {"pk": "stock_count"},
    "sessions:pack-file": {"pk": "downtime_pack"},
    "sessions:paper-arrive": {"pk": "later_visit"},
    "sessions:gate-override": {"gate": "=fasting"},
    "sessions:entry-correct": {"entry": "vitals"},
    "sessions:entry-strike": {"entry": "vitals"},
    "sessions:entry-move": {"entry": "vitals"},
    "sessions:pump-read": {"entry": "drug_entry"},
}
PATHS |= {
    f"intake:{name}": {"pk": "open_packet"}
    for name in ("fill-home", "fill-start", "fill-end", "hand-over", "fill-page", "fill-draft")
}
PATHS["intake:fill-page"] |= {"slug": "=emergency-contact"}
PATHS |= {
    "followup:report-show": {"slug": "=days"},
    **{f"followup:report-{name}": {"slug": "=days", "key": "=infusions"} for name in ("csv", "picture")},
    **{f"followup:patient-{name}": {"pk": "patient"} for name in ("timeline", "timeline-csv")},
}
PATHS["intake:fill-draft"] |= {"slug": "=emergency-contact"}
PATHS["intake:representative-invite"] = {"pk": "open_packet", "speaker": "speaker"}
PATHS |= {f"followup:duplicate-{verb}": {"one": "patient", "two": "twin"} for verb in ("compare", "note", "merge")}
PATHS["clinic:seal-head"] = {"day": "seal_day"}
PATHS |= {"followup:merge-show": {"pk": "merge"}, "clinic:test-bring": {"pk": "patient", "code": "=liver"}}
PATHS |= {
    f"clinic:{name}": {"pk": noun}
    for noun, names in {
        "test_order": ("test-show", "test-enter", "test-attach", "test-cancel", "test-read"),
        "test_result": ("result-correct", "result-strike"),
        "patient_alert": ("patient-alert-verify", "patient-alert-end"),
        "representative": ("representative-end",),
        "patient": (
            "patient-tests",
            "test-ask",
            "patient-alerts",
            "patient-representatives",
            "patient-edit",
            "patient-messages",
            "audit-patient",
            "audit-paper",
            "patient-disclosures",
            "disclosure-paper",
            "disclosure-add",
            "address-trust",
            "patient-show",
        ),
        "task": ("task-show", "task-done", "task-close", "task-withdraw", "task-reopen"),
        "alert": ("alert-show", "alert-acknowledge", "alert-close"),
        "message": ("message-show", "message-retry", "message-resolve", "message-withdraw"),
    }.items()
    for name in names
}
PATHS |= {
    f"followup:{name}": {"pk": noun}
    for noun, names in {
        "patient": ("patient-show", "visit-book", "slot-hold", "slot-let-go", "course-plan"),
        "later_visit": (
            "visit-show", "visit-confirm", "visit-arrive", "visit-no-show", "visit-cancel", "visit-move",
            "visit-place", "visit-undo-move", "visit-seat", "visit-late",
        ),
        "absence": ("absence-call-off", "absence-cover"),
        "user": ("shift-show", "shift-set", "shift-day", "shift-cover"),
        "shift_day": ("shift-call-off",),
        "closed_day": ("day-open",),
    }.items()
    for name in names
}  # fmt: skip
PATHS |= {
    "followup:checkup-page": {"slug": "=life"},
    "followup:round-show": {"pk": "question_round"},
    "followup:contact-show": {"pk": "contact"},
    **{f"followup:{name}": {"pk": "patient"} for name in ("call-list", "talk-start")},
    **{f"followup:{name}": {"pk": "talk"} for name in ("talk-show", "talk-hand-over", "talk-close", "own-talk")},
}
PATHS |= {
    "clinic:text-show": {"kind": "=reminder_day"},
    "clinic:sms-report": {"pk": "message"},
    "followup:reminder-change": {"pk": "reminder_rule"},
    "followup:reminder-switch": {"pk": "reminder_rule"},
    "clinic:document-show": {"pk": "document"},
    "clinic:document-mine": {"pk": "document"},
    "intake:consent-copy": {"pk": "consent_signature"},
    "intake:consent-renewals": {"pk": "consent_text"},
    "intake:education-section": {"number": "=1"},
    "intake:question-answer": {"pk": "question"},
    **{f"intake:{name}": {"kind": "=treatment"} for name in ("consent-own", "consent-take-back")},
    **{f"intake:consent-{verb}": {"pk": "patient", "kind": "=treatment"} for verb in ("ask", "revoke", "paper")},
    **{
        f"intake:{name}": {"pk": "patient"}
        for name in (
            "patient-consents", "consent-tablet", "patient-education", "education-explain", "education-send",
            "education-sheet",
        )
    },
}  # fmt: skip
PATHS |= {
    f"intake:assessment-{verb}": {"pk": "assessment"} for verb in ("show", "settle", "save", "sign", "add", "tell")
}

PATHS |= {
    "intake:page-correct": {"pk": "packet", "slug": "=pain"},
    "intake:page-note": {"pk": "packet", "slug": "=pain"},
    "intake:correction-take-back": {"pk": "correction"},
    "intake:questions-remind": {"pk": "page_request"},
    "intake:questions-withdraw": {"pk": "page_request"},
    "intake:questions-page": {"slug": "=pain"},
    "intake:questions-draft": {"slug": "=pain"},
    "intake:letter-draft": {"pk": "assessment", "audience": "=patient"},
} | {f"intake:letter-{verb}": {"pk": "letter"} for verb in ("show", "preview", "send")}
PATHS |= {"sessions:discharge-decide": {"pk": "discharge_request"}, "clinic:amendment-add": {"pk": "patient"}}
PATHS |= {f"sessions:{name}": {"pk": "event"} for name in (
    "event-show", "event-follow-up", "report-edit", "report-begin", "report-print",
)}  # fmt: skip
PATHS |= {f"clinic:amendment-{name}": {"pk": "amendment"} for name in (
    "own", "own-withdraw", "show", "decide", "extend", "disagree", "rebut",
)}  # fmt: skip
PATHS |= {
    f"followup:{name}": {"pk": noun}
    for noun, names in {
        "patient": ("waitlist-add", "patient-record", "home-send"),
        "waitlist_entry": ("waitlist-leave",),
        "freed_slot": ("waitlist-stop",),
        "own_archive": ("own-record-file",),
        "archive": ("record-file",),
        "own_visit": (
            "own-visit-yes", "own-visit-cancel", "own-visit-other", "own-visit-sooner", "own-visit-stop-waiting",
            "own-visit-calendar",
        ),
    }.items()
    for name in names
}  # fmt: skip
PATHS |= {"followup:home-go": {"name": "=stop"}, "followup:feed": {"token": "feed_token"}}
PATHS |= {f"clinic:access-review-{verb}": {"pk": "access_review"} for verb in ("show", "take", "settle", "end-look")}
PATHS["clinic:access-end"] = {"pk": "colleague"}
PATHS |= {f"clinic:staff-{verb}": {"pk": "colleague"} for verb in ("sign-in", "sign-out", "reset", "lost")}
PATHS["clinic:staff-session-end"] = {"pk": "colleague", "session": "colleague_session"}
# One's own are one's own: whoever asks, these are nobody's.
PATHS["clinic:session-end"] = {"pk": "=7"}
PATHS["clinic:browser-forget"] = {"pk": "=00000000-0000-4000-8000-000000000007"}
PATHS |= {f"mfa_{verb}_webauthn": {"pk": "=7"} for verb in ("edit", "remove")}
PATHS["clinic:wall-revoke"] = {"pk": "wall_screen"}
PATHS |= {f"sessions:device-{verb}": {"pk": "device"} for verb in ("confirm", "retire")}

# (namespace, parameter) -> noun, for paths or parameters that are not named above.
USUAL = {
    ("followup", "visit_pk"): "later_visit",
    ("intake", "pk"): "packet",
    ("followup", "pk"): "course",
    ("followup", "proposal_pk"): "proposal",
    ("sessions", "pk"): "session",
    ("sessions", "preparation"): "preparation",
    ("sessions", "paper"): "paper_sheet",
    ("sessions", "day"): "=2026-03-03",
    ("sessions", "order"): "order",
    ("sessions", "standing"): "standing",
    ("sessions", "alarm"): "alarm",
    ("sessions", "held"): "held",
    ("sessions", "given"): "aftercare_sheet",
}

# Admin model -> noun, where the two differ.
ADMIN = {
    "aftercaretext": "aftercare_text",
    "lettertext": "letter_text",
    "stockcount": "stock_count",
    "dayclose": "day_close",
    "sitepolicy": "policy",
    "alertroute": "alert_route",
    "protocolversion": "version",
    "consenttext": "consent_text",
    "messagetext": "message_text",
    "patientlink": "link",
    "patientsite": "patient_site",
    "consentsignature": "consent_signature",
    "contactchoice": "contact_choice",
    "educationtext": "education_text",
    "infusionsession": "session",
    "entry": "vitals",
    "reminderrule": "reminder_rule",
}
