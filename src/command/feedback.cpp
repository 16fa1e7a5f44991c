// daybook feedback --issue FILE [--permission FILE] [--answer FILE]: what the owner says of papers through an issue.
//
// The issue is as GitHub's REST API returns it, or the payload of a workflow's event with it under "issue"
// (https://docs.github.com/en/rest/issues/issues). The permission is the reply of
// GET /repos/OWNER/NAME/collaborators/LOGIN/permission for the author
// (https://docs.github.com/en/rest/collaborators/collaborators). Without one the issue counts as the owner's own, which is
// for use by hand.
//
// What became of it is the first word of the last line of standard output:
//
//   recorded           archive/feedback.jsonl has it now
//   already-recorded   it had it before: nothing is added, and the answer is made anew
//   nothing-to-record  no line of it is an opinion
//   stranger           its author may not write to the repository: nothing is recorded
//   not-feedback       a pull request, or an issue of another form: not ours to answer
//
// Each is exit 0. After all but the last FILE of --answer has the answer in Markdown, fit for a comment: post it, and
// close the issue. After `not-feedback` there is no such file: leave the issue alone. A caller has nothing to decide but
// whether the file is there. Exit 1: a file can't be read or is no issue; nothing is recorded or answered. Exit 75:
// another process holds the archive; try again.
//
// An issue may be handed in any number of times: it is known by its number, and its lines count from the moment it was
// opened (created_at), in whatever order issues come.
//
// Nothing of an issue's text is ever run, sent or put into a path. It is read as lines of opinions, and what the answer
// repeats of it stands there as code, in which GitHub sees neither markup nor mentions.
