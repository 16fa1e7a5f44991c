"""Reads a site's feeds as readers do (feedparser; newsboat, where it is there) and compares them with the records.

feed_readers.py SITE RECORDS: says what differs, a line each. Days are of winter: New York's midnight is 5 h UTC.
"""
import calendar
import datetime
import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unicodedata

import feedparser

site, records = sys.argv[1:]


def differs(*what):
    print(*what, sep=" | ")


def letters(text):  # x² and x^{2} have the same
    return re.findall(r"[^\W_]", unicodedata.normalize("NFKD", text))


def untexed(tex):
    return re.sub(r"\\(begin|end)\{\w+\}|\\[a-zA-Z]+", "", tex)


def expected(folder):
    """What the feed of all papers or of a topic has to hold: {id: entry}, newest day first, each paper once."""
    topic = folder.removeprefix("topics/").rstrip("/")
    entries, known = [], set()
    for name in sorted(os.listdir(records)):
        day = json.load(open(os.path.join(records, name)))
        papers, new = day["papers"], []
        midnight = calendar.timegm(datetime.date.fromisoformat(day["date"]).timetuple()) + 5 * 3600
        for rank, paper in enumerate(papers):
            if paper["id"] not in known and topic in ("", paper.get("topic")):
                new.append((paper, midnight + len(papers) - rank))
            known.add(paper["id"])
        entries = new + entries
    return {"tag:daybook.example,2026:/papers/papers/" + paper["id"]: (paper, time) for paper, time in entries}


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def read(path):
    """(id, title, authors, link, published, content) each."""
    if path.endswith(".json"):
        return [(item["id"], item["title"], [author["name"] for author in item.get("authors", [])], item["url"],
                 seconds(item["date_published"]), item["content_html"]) for item in json.load(open(path))["items"]]
    feed = feedparser.parse(path)
    if feed.bozo:
        differs(path, feed.bozo_exception)
    return [(entry.id, entry.title, [author.get("name") for author in entry.get("authors", []) if author], entry.link,
             calendar.timegm(entry.published_parsed), entry.content[0].value if "content" in entry else None)
            for entry in feed.entries]


def compare(path, entries, wanted):
    if [entry[0] for entry in entries] != list(wanted):
        differs(path, "ids", [entry[0] for entry in entries], list(wanted))
    for identifier, title, authors, link, published, content in entries:
        paper, time = wanted[identifier]
        names = [name for name in paper.get("authors", []) if name.strip()]
        more = ["and %d more" % (len(names) - 10)] if len(names) > 10 else []
        if letters(title) != letters(untexed(paper["title"])) or re.search(r"\\|[_^]\{", title):
            differs(path, "title", title, paper["title"])
        if [letters(name) for name in authors] != [letters(untexed(name)) for name in names[:10] + more]:
            differs(path, "authors", authors, names)
        if link != "https://arxiv.org/abs/" + paper["id"] or published != time:
            differs(path, "link or time", link, published, time)
        if content is not None:
            text = html.unescape(re.sub("<[^>]*>", "", content))
            if "".join(letters(untexed(paper["abstract"]))) not in "".join(letters(text)):
                differs(path, "abstract", text, paper["abstract"])


def history(folder):
    """All entries of the chain of RFC 5005's documents that the feed leads to."""
    entries, feed = [], feedparser.parse(os.path.join(site, folder, "atom.xml")).feed
    while older := [link.href for link in feed.links if link.rel == "prev-archive"]:
        path = os.path.join(site, older[0].removeprefix("https://daybook.example/papers/"))
        entries += read(path)
        feed = feedparser.parse(path).feed
    return entries


def newsboat(path, wanted):
    folder = os.path.join(site, "newsboat")
    os.makedirs(folder)
    with open(folder + "/urls", "w") as urls:
        urls.write("file://" + os.path.abspath(path))
    subprocess.run(["newsboat", "-u", folder + "/urls", "-c", folder + "/cache.db", "-x", "reload"],
                   env={**os.environ, "HOME": folder}, check=True, stdout=subprocess.DEVNULL)
    rows = sqlite3.connect(folder + "/cache.db").execute("SELECT guid, title FROM rss_item").fetchall()
    if dict(rows) != {entry[0]: entry[1] for entry in read(path)} or len(rows) != len(wanted):
        differs(path, "newsboat", rows)


for folder in ("", "topics/maps/"):
    wanted = expected(folder)
    for name in ("atom.xml", "rss.xml", "feed.json"):
        compare(folder + name, read(os.path.join(site, folder, name)), wanted)
    compare(folder + "history", history(folder), wanted)
if shutil.which("newsboat"):
    newsboat(os.path.join(site, "atom.xml"), expected(""))
