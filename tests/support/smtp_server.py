# A real SMTP server on 127.0.0.1 (aiosmtpd) that keeps what it gets, as Python's email package reads it, in FOLDER:
# port, then 1.json, 2.json ... for each mail, and logins, a line for each password that was sent.
#
# usage: smtp_server.py FOLDER none|starttls|refused|smtps [USER PASSWORD]
#
# An address whose part before the @ is a number is answered with that number: a recipient at RCPT, a sender after the
# message. A sender called drop is never answered. A wrong password is said again, as no server should.
import asyncio
import email
import email.policy
import html.parser
import json
import logging
import os
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult

folder, tls = sys.argv[1:3]
login = sys.argv[3:5]


class Html(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links, self.text = set(), set(), [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        self.links += [value for name, value in attributes if name == "href"]

    def handle_data(self, data):
        self.text += data


def read(content):
    mail = email.message_from_bytes(content, policy=email.policy.default)
    parts = []
    for part in mail.walk():
        if part.is_multipart():
            continue
        page = Html()
        if part.get_content_type() == "text/html":
            page.feed(part.get_content())
        parts.append({
            "type": part.get_content_type(), "charset": part.get_content_charset(),
            "text": part.get_content().replace("\r\n", "\n"),
            "tags": sorted(page.tags), "attributes": sorted(page.attributes), "links": page.links,
            "shown": " ".join(page.text.split()), "defects": [str(one) for one in part.defects]})
    lines = content.split(b"\r\n")
    return {
        "type": mail.get_content_type(), "headers": {name: str(value) for name, value in mail.items()},
        "names": mail.keys(), "to": [one.addr_spec for one in mail["To"].addresses],
        "from": [mail["From"].addresses[0].display_name, mail["From"].addresses[0].addr_spec],
        "parts": parts, "defects": [str(one) for one in mail.defects] + [
            str(one) for name in mail.keys() for one in mail[name].defects],
        "longest_line": max(map(len, lines)), "bare": any(b"\r" in one or b"\n" in one for one in lines),
        "ascii": content.isascii()}


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.isdigit():
            return name + " 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.mail_from.split("@")[0]
        if name == "drop":
            server.transport.abort()
            return "250 OK"
        if name.isdigit():
            return name + " no room for it"
        self.count += 1
        mail = {"sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "login": bool(session.authenticated),
                "tls": server.transport.get_extra_info("cipher") is not None, "mail": read(envelope.content)}
        with open(f"{folder}/{self.count}.json", "w", encoding="utf-8") as file:
            json.dump(mail, file)
        return "250 OK"


class Server(SMTP):
    async def smtp_STARTTLS(self, arg):
        if tls == "refused":
            await self.push("454 no TLS now")
        else:
            await super().smtp_STARTTLS(arg)


def authenticate(server, session, envelope, mechanism, data):
    with open(f"{folder}/logins", "a", encoding="utf-8") as file:
        print(mechanism, file=file)
    good = [data.login.decode(), data.password.decode()] == login
    return AuthResult(success=good, handled=good, message=None if good else f"535 not {data.password.decode()}")


def context():
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    return made


async def serve():
    handler = Handler()
    certified = None if tls == "none" else context()

    def session():
        return Server(handler, hostname="mail.example", tls_context=certified if tls in ("starttls", "refused") else None,
                      require_starttls=False, authenticator=authenticate if login else None,
                      auth_required=bool(login), auth_require_tls=tls == "starttls", data_size_limit=50_000_000)

    server = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=certified if tls == "smtps" else None)
    with open(f"{folder}/port.new", "w", encoding="utf-8") as file:
        print(server.sockets[0].getsockname()[1], file=file)
    os.rename(f"{folder}/port.new", f"{folder}/port")
    await server.serve_forever()


# Of passwords without TLS: that is what is tested.
logging.disable()
warnings.simplefilter("ignore")
asyncio.run(serve())
