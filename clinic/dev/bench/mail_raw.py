"""The yardstick of the outbox: psycopg2 alone, each process one connection to the database and one to the mail server.

Claim a due row and commit, hand a mail over with smtplib, mark the row and commit; the same tables with their triggers.
Reads {"port", "senders"} from standard input, says "ready", waits for a line, prints {"seconds", "sent"}.
"""

import json
import multiprocessing
import os
import smtplib
import sys
import time

import psycopg2

CLAIM = """
UPDATE clinic_message SET state = 'sending', attempts = attempts + 1, claimed_at = now(), claimed_by = 'raw'
WHERE id = (SELECT id FROM clinic_message WHERE state = 'due' AND next_attempt_at <= now()
            ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""
MARK = "UPDATE clinic_message SET state = 'sent', sent_at = now() WHERE id = %s"
MAIL = (
    "From: Tideline <clinic@tideline.example>\r\nTo: someone@tideline.example\r\nSubject: Sample: your visit\r\n"
    "Message-ID: <{ident}@tideline.example>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
    'Content-Type: text/plain; charset="utf-8"\r\n\r\n'
    + "Hello Sam,\r\n\r\n"
    + "Your visit is tomorrow. " * 20
    + "\r\n"
)


def send(port, go, counts):
    """One sender, until nothing is due."""
    connection, sent = psycopg2.connect(os.environ["DATABASE_URL"]), 0
    line = smtplib.SMTP("127.0.0.1", port, timeout=30)
    go.wait()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(CLAIM)
            found = cursor.fetchone()
            connection.commit()
            if found is None:
                break
            line.sendmail("clinic@tideline.example", ["someone@tideline.example"], MAIL.format(ident=found[0]))
            cursor.execute(MARK, found)
            connection.commit()
            sent += 1
    line.quit()
    connection.close()
    counts.put(sent)


def main():
    """Start the senders, say so, wait for the word, count."""
    plan = json.loads(sys.stdin.readline())
    go, counts = multiprocessing.Event(), multiprocessing.Queue()
    senders = [multiprocessing.Process(target=send, args=(plan["port"], go, counts)) for _ in range(plan["senders"])]
    for sender in senders:
        sender.start()
    time.sleep(1)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begun = time.perf_counter()
    go.set()
    for sender in senders:
        sender.join()
    seconds = time.perf_counter() - begun
    if any(sender.exitcode for sender in senders):
        raise SystemExit("A sender ended with an error.")
    json.dump({"seconds": seconds, "sent": sum(counts.get() for _ in senders)}, sys.stdout)


if __name__ == "__main__":
    main()
