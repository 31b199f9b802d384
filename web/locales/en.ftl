# Every sentence that the page and the server's own pages say. Names of people and rooms are isolated by Fluent.

# A translator finds what to do in docs/translating.md.

## This language

# Its name as those call it who speak it; and how it is written: ltr or rtl.
language = English
direction = ltr
# The language of the short cards for a crisis (card-…-1 and so on). Where they are not in this file: en, and the note stands above them.
crisis-in = en
crisis-note = These cards are in English until somebody who speaks this language has reviewed them.

## Everywhere

app = Meetings
meeting = Meeting
quick-exit = Leave quickly
quick-exit-hint = Leaves this site at once. So does pressing Shift (in Tor Browser: Escape) three times. It cannot clear your browser’s history.
quick-exit-note = “Leave quickly” leaves this site at once. So does pressing Shift (in Tor Browser: Escape) three times. It cannot clear your browser’s history.
skip = Skip to what is said
keep-sentence = No account, no messages, no addresses are kept. While a meeting runs this server can read what is said, your network address reaches its front door unless you use Tor, and others in the room can copy what you write.
keep-link = What we keep
needs-script = A meeting is live and needs JavaScript. Tor Browser runs it at “Standard” and “Safer”. The other pages work without.
slow-start = Nothing here yet? Reload the page, or try a newer browser.
close = Close
cancel = Cancel
back = Back
more = More
on-its-way = One moment
on-its-way-text = This part is still on its way to you. It opens here by itself as soon as your line allows. “I need help” works meanwhile.
late = Part of this page does not come. Load it again: your seat and your words are kept.
languages = Language
meeting-language = In { $language }

## Public pages

home-title = Meetings
home-lead = Live text meetings for people in recovery. Come in from a link: no account, no name of your own needed.
home-open = Open now
home-next = Next
home-week = The next seven days
home-later = Later
home-nothing-open = No listed meeting is open at this moment.
home-nothing = No meeting is listed here yet. If somebody gave you a link, it works all the same.
home-go-in = Go to the door
home-closes = Open now, until
group-meetings = Meetings of this group
group-with-key = Your link lets you lead here. Choose a meeting: at its door you can open the room, or go in.
group-none = This group has no meeting at the moment.
group-led = { $kind ->
    [group-therapy] Group therapy
   *[peer-support] Peer support
  } · led by { $by ->
    [volunteer] a trained volunteer
    [counsellor] a counsellor
    [licensed-therapist] a licensed therapist
   *[peer] a peer
  }
group-guidelines = What this group agrees to
when-by-hand = Opened by hand
when-always = Always open
when-minutes = { $minutes } minutes
adults = For adults. This is not treatment and gives no medical advice.
room-loading = Opening the door…
missing-title = There is nothing here
missing-text = This link may be old, or a letter of it may be missing. Nothing is wrong with you or your device.
broken-title = This page did not work
broken-text = Something failed on our side. Nothing that you wrote was kept. Please try again in a moment.
busy-text = The server cannot look up its meetings at this moment. Please try again in a minute.
method-text = This address answers to nothing but reading.
all-meetings = See all meetings

choose = Find a meeting
choose-any = Any
choose-language = Language
choose-format = Kind of meeting
choose-day = Day
choose-day-hint = The day is that of the place where a meeting is at home.
choose-nothing = No listed meeting is like that. Take one of your choices back, and there may be some.
day-1 = Monday
day-2 = Tuesday
day-3 = Wednesday
day-4 = Thursday
day-5 = Friday
day-6 = Saturday
day-7 = Sunday

## How a meeting works

how-title = How a meeting works here
how-link = Your first time? Read how a meeting works here.
how-lead = People write to each other for an hour, at the same time, in one room. There is no camera, no voice and no account.
how-in = Coming in
how-in-1 = Open the link of a meeting, or choose one from the list. A name is offered to you; take it, or type another that is not your real one.
how-in-2 = You can choose to listen only. You can change your mind later, by coming in again.
how-in-3 = Some meetings have a lobby: somebody lets you in. That may take a moment.
how-in-4 = You see what is said from then on. What was said before you came stays with those who heard it.
how-there = In the room
how-there-1 = At the top you see where we are in the hour and how much time is left. Below it is what people say, and at the bottom your own message box.
how-there-2 = Nobody has to say anything. Reading along is taking part.
how-there-3 = The three dots beside a message are for more: a quiet sign such as “With you”, a reply, taking back your own words, hiding somebody for yourself, or telling the moderators.
how-there-4 = You can cover your words with a content warning, so that others choose whether to read them.
how-there-5 = If your line drops, nothing is lost: the page comes back by itself and keeps what you were writing.
how-turns = Taking turns
how-turns-1 = In some parts one person shares at a time. Raise a hand, and you are called when it is your turn. “Pass” is always fine.
how-turns-2 = While somebody shares, others do not write. It is how each of us is heard.
how-turns-3 = Somebody leads: a peer, a volunteer, or a counsellor; the door says who. Moderators look after the room.
how-safe = Feeling safe
how-safe-1 = In the room, “I need help” is always at the top left. It shows helplines for your country, and asks a moderator privately if you want that. The room does not see it.
how-safe-2 = “Leave quickly” is always at the top right, and pressing Shift (in Tor Browser: Escape) three times does the same: the page goes blank and leaves at once.
how-safe-3 = Before your words go out, the page asks you once if they seem to say who you are: a telephone number, an address, a full name.
how-safe-4 = Others in the room could copy what you write. Write nothing that tells who you or others are.
how-safe-5 = This is support among people who know it themselves. It is not treatment and gives no medical advice.
how-out = Going
how-out-1 = You can leave at any moment, without a word.
how-out-2 = When the meeting closes, everything that was said is erased, and so is what your tab kept.
how-out-3 = Starting again is always welcome, after a day or after years.

## What we keep

keep-title = What we keep
keep-meanwhile = While a meeting runs
keep-meanwhile-1 = In the server’s memory: the names people chose for the hour, what was said in the last minutes, the words of whoever’s turn it is until that turn is over, and who is muted or was removed.
keep-meanwhile-2 = For bans: a scrambled and shortened form of the network you come from. It cannot be turned back into an address, and it only sends a newcomer to the lobby.
keep-meanwhile-3 = In this tab of your browser: what a reload needs to bring you back, the words you have not sent yet, and whether a moderator ended your visit.
keep-after = When a meeting closes
keep-after-1 = All of it is erased, on the server and in every tab that is still open.
keep-after-2 = What stays: the groups, their meeting times, when a meeting was open, and fingerprints of the links that open rooms. Nothing about people.
keep-cannot = What we cannot promise
keep-cannot-1 = Others in the room can copy or photograph what you write. Write nothing that says who you are.
keep-cannot-2 = Your internet provider, or whoever shares your device, may see that you were on this site. Your browser’s history is yours to clear.
keep-cannot-3 = If you need your network hidden from this server too, use Tor Browser.
held-title = Everything, item by item
held-note = This list comes from the program itself, and its tests compare it with what is really there.
held-json = The same for programs
held-in-room = In the state of a room that is open, in memory
held-in-memory = In this server’s memory besides
held-in-redis = In Redis, which is memory too and joins several workers
held-in-database = In the database, on disk
held-in-log = In the log
held-in-metrics = In the operator’s numbers
held-in-browser = In this tab of your browser
held-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
}
held-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
until-seat-ends = Until this person leaves or is removed, or has been away for { $time }.
until-room-closes = Until the room closes.
until-turn-ends = Until the turn is over, and { $time } at least.
until-time = For { $time }.
until-untouched = Until the room closes; { $time } after the last worker touched it, if all of them died.
until-connection-ends = Until the connection ends.
until-process-ends = Until the server stops.
until-operator-deletes = Until the operator deletes it.
until-leaving = Until you leave, the room closes, or this tab is closed.
holds-room = What the room is: its title and group, when it opened and closes, whether the lobby, a lock, a freeze or slow mode is on, and whether many came at once.
holds-room-keys = Two keys made at random for this one meeting: they scramble networks, and prove that reported words were said here.
holds-call = Who has asked for help, since when, and which moderator is with them. Never the words.
holds-report = That a message was reported: which, whose, by whom, and which moderator looks at it. Never the words.
holds-links-held = Which seat has come by which single-purpose link, by the link’s fingerprint, so that one person at a time holds it.
holds-bans = For each ban, a number from 0 to 4,095 made of a network by the room’s key. A million addresses share it.
holds-removed = Fingerprints of the seats of those who were removed, so that they are told so.
holds-seat = Each person’s seat: the name chosen for this meeting, the role, when it was taken, whether by an invitation, and whether its holder is away.
holds-seat-hats = What somebody does for the meeting, such as greeting or keeping time, and whether they lead in the place of another.
holds-seat-token = A fingerprint of the secret with which a person’s own tab takes its seat again.
holds-seat-network = A number from 0 to 4,095 made of the person’s network by the room’s key, and whether it is that of a ban.
holds-seat-conduct = Whether somebody is muted and until when, whether they wait only because nobody leads, whether somebody has written to them in the lobby, and whether their first message was let through.
holds-seat-turns = Whose hand is up, and who has had a turn, passed, or welcomes replies.
holds-seat-voted = The number of the last poll in which somebody voted. What they chose is held nowhere.
holds-name = The chosen names once more, simplified, so that no two look alike.
holds-agenda = The agenda of this meeting, with its scripts, and where in it we are.
holds-topic = The topic that those who lead have set.
holds-floor = Whose turn it is, and until when.
holds-poll = That a poll runs, of what kind, and until when.
holds-poll-question = The question of the poll, and its answers to choose from.
holds-poll-totals = How many have voted, and for what: totals only, told only where nobody can be told from them.
holds-window = What was said lately, for people whose connection dropped.
holds-share = The words of whoever’s turn it is, for people who drop out meanwhile.
holds-own-posts = What this server’s own visitors said lately and were told was taken, to be said again if it is lost on the way.
holds-message-ids = Numbers of messages, without their words, so that none appears twice.
holds-last-post = When each seat has written last, for slow mode.
holds-on-its-way = What somebody has just asked for, until it is done.
holds-to-be-done = What is to be done a little later, such as putting away the seat of somebody who dropped out.
holds-half-received = What has come of a message so far, until the rest of it is there and it is answered.
holds-being-loaded = What happens in a room while this server fetches or compares its state.
holds-not-sent-yet = What is about to be sent to somebody, or could not be sent yet.
holds-room-place = How far the event stream of a room has come, and which of its entries was written when.
holds-room-entries = The state of the rooms that are open, as bytes.
holds-rooms-open = Which rooms are open.
holds-who-is-connected = Which connection holds which seat.
holds-who-is-here = The list of who is here, ready to be sent.
holds-who-is-away = Whose connection was lost, so that the seat is put away in time.
holds-last-request = The last request for a page on a connection that your browser keeps open for the next, with what the browser says of itself.
holds-connection = Your connection, with a random number for it. Not your address: that is looked at once, when you connect, and not kept.
holds-network-class = A number of two bytes made of the network that your connection comes from. Thousands of networks share it; limits and bans go by it.
holds-work-asked = While many come at once: the small puzzle that your page has been given.
holds-repeats = Scrambled fingerprints of what was said in the last minute, by which seat, so that a flood of the same is turned away. Not the words.
holds-key-used = The fingerprint of a single-use link that was used to come in, until its holder is in.
holds-token-in-lobby = While you wait in the lobby: the secret of your seat, to be given to you again when you are let in.
holds-rates = How often each seat, connection or scrambled network has asked for something, so that floods are slowed.
holds-api-network-key = A key made at random when the server started, to scramble the networks of those who show wrong keys.
holds-api-rates = How often a key for programs was used, and wrong keys came from a scrambled network, so that nobody tries many.
holds-worker-name = Random names of the server’s own processes.
holds-timetable = When the next meetings are.
holds-group = Groups: name, guidelines, a rough address such as a city.
holds-format = Formats that a group has made for its meetings.
holds-meeting = Meetings: title, times, and how they are held.
holds-change = Meetings that are cancelled or moved for once.
holds-key = Fingerprints of the links that lead, moderate or invite. Not whose they are.
holds-opening = When each meeting was opened and closed. Not who was there.
holds-database-version = The version of the database’s layout.
holds-log-line = What the program does: events of the code with counts, codes and places in the code. No text, no names, no addresses.
holds-counts = How many connections and rooms there are, and how often what was asked: never fewer than five of a thing.
holds-process-counts = How many of the server’s own processes run.
holds-browser-key = The secret of the link that you came with, if it had one.
holds-browser-seat = Your seat’s secret, your name and role here, and when you were last in your seat.
holds-browser-place = How far you have read, so that a reload brings what you missed.
holds-browser-unsent = The words that you have not sent yet.
holds-browser-comfort = How large you have made the text, and whether you asked for a sound.
holds-browser-hidden = Whose words you chose not to see here.
holds-browser-out = That a moderator ended your visit, and until when.

## The door

door-open-until = Open now, until { $time }
door-open = Open now
guideline-1 = Speak from “I”: your own experience, not somebody else’s.
guideline-2 = Ask before you advise. Listening is help.
guideline-3 = What is said here stays here. Nobody is identified, judged or recorded.
guideline-4 = This is not treatment and gives no medical advice. Prescribed medication is not judged.
door-adults = For adults. This is not treatment and gives no medical advice.
door-guidelines = What we agree to here
door-name = Your name in this meeting
door-name-hint = Made up for you. Another one is fine; not your real name.
door-another = Another name
door-role = How would you like to be here?
door-member = Take part
door-member-hint = Read, write and react
door-listener = Only listen
door-listener-hint = Read and react, quietly
door-go-in = Go in
door-short = No account. Nothing is kept.
door-knock = Knock
door-lobby = A moderator lets people in one by one. It may take a moment.
door-going-in = Going in…
door-as-facilitator = You hold this meeting’s facilitator link. You go in as the facilitator.
door-as-moderator = You hold a moderator’s link. You go in as a moderator.
door-with-hat = Your link gives you a task in this meeting: { $hat ->
    [greeter] greeter
    [timekeeper] timekeeper
    [reader] reader
   *[mentor] mentor
  }.
door-early = You are early
door-early-opens = The room opens at { $time } your time:
door-begins = The meeting begins at { $time }.
door-wish = Go in when it opens
door-wished = You go in as { $name } as soon as the room opens.
door-wished-hint = You can stay on this page; it goes in by itself.
door-wished-change = Change that
door-held = Nobody who leads is here yet. You wait in the lobby until somebody comes, and then go in by yourself.
next-meeting = The next meeting: { $time } your time.
when-elsewhere = { $place } time: { $time }
calendar-add = Add to calendar
calendar-discreet = with a neutral title
door-scheduled-at = The meeting begins: { $time } your time.
door-scheduled = Not open yet
door-scheduled-text = This page is looking for you: it shows the door as soon as the meeting opens.
door-open-now = Open the room now
door-closed = This meeting is over
door-closed-text = Nothing of it was kept. You are welcome at the next one.
door-full = The room is full
door-full-text = This page keeps looking and shows the door as soon as somebody leaves.
door-locked = The room is closed to newcomers
door-locked-text = The moderators have locked it for now. This page keeps looking and shows the door when it opens.
door-frozen = The room is paused for a moment
door-frozen-text = The moderators are sorting something out. This page keeps looking and shows the door when it goes on.
door-seat-gone = Your seat was given up while you were away. You can come in again.
door-restarted = The meeting was restarted. Please come in again.
door-name-perhaps-yours = Your first try may have come through without an answer: then this name is still in the room, and is given up by itself. Choose another for now.
door-words-kept = What you have not sent yet is in your message box.
door-contact = The operator of this server: { $contact }
again-in-minutes = You can try again in about { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
  }. You can stay on this page.
again-in-seconds = You can try again in { $seconds } s.
again-now = You can try again now.

## The lobby

lobby-title = You are at the door
lobby-text = A moderator decides who comes in. You can stay on this page.
lobby-held = Nobody who leads is here at the moment. As soon as somebody is, you go in by yourself. If nobody comes, the room closes at { $time }.
lobby-swept = There is a disturbance, so a moderator has sent everyone who came in lately to the door. This says nothing about you. Stay on this page: you can be let in again from here.
lobby-name = Your name here: { $name }
lobby-talk = A word with those who lead
lobby-talk-hint = Somebody who leads has written to you. You can answer here; only those who look after the door can read it.
lobby-talk-host = Somebody who leads
lobby-talk-field = What you want to say
denied-title = Not this time
denied-text = The moderators did not let you in just now.
denied-knock = Knock again

## Endings

removed-title = A moderator has ended your visit
removed-word = A word from the moderators
removed-banned = You can knock again; the moderators will see that you were asked to leave.
removed-text = You can ask to come back. You will wait in the lobby until a moderator decides.
removed-knock = Ask to come back through the lobby
closed-title = The meeting is over
closed-text = Everything said here is erased: on the server, and in this tab.
closed-thanks = Thank you for being here. Starting again is always welcome.
left-title = You have left
left-text = Nothing of the meeting is left in this tab. Your browser’s history still shows that you were on this site.
left-again = Go in again
replaced-title = You are in another tab
replaced-text = Your seat is open in another tab or window. One of them at a time can have it.
replaced-take = Use this tab instead
broken-room = Something went wrong on this page
broken-room-text = Your seat is kept for some minutes, and so is what you were writing. Load the page again to come back.
stumbled = Something on this page did not work. If it does not go on, load the page again: your seat and your words are kept.
broken-room-reload = Load the page again

## The room's head

time-left = { $minutes ->
    [0] closing now
    [one] 1 minute left
   *[other] { $minutes } minutes left
  }
time-left-hours = { $hours } h { $minutes } min left
link-up = Connected
link-connecting = Connecting…
link-lost = The line dropped. Coming back by itself…
link-lost-detail = What you write is kept.
people-count = { $count } here
leave = Leave
leave-sure = Leave the meeting?
leave-sure-text = What is in this tab is erased. You can come in again under a new name while the meeting is open.
leave-sure-line = Your private line for help closes when you leave. What is in this tab is erased.
stay = Stay
tools = Tools
tools-waiting = Tools, { $count } waiting for you

held = Nobody who leads is here.
held-turns = Raise a hand to write; one after the other. Newcomers wait at the door.
held-closes = The room closes at { $time } unless somebody comes.
held-successor = { $name } can step in.
step-in = Lead until somebody is back
step-in-text = You were asked to step in. Calls for help come to you then.
stepped-in-toast = You lead now, until somebody is back.
extend = Longer
extend-hint = It closes at { $time }.
extend-by = { $minutes } minutes
extend-do = Extend

## About the meeting

about = About this meeting
about-open = About this meeting, and text size

## For oneself

comfort = Text size, and a calm minute
comfort-only-you = Only this tab changes, and only for this meeting.
size = Size of the text
size-letter = A
size-percent = { $percent } percent
breathe = A calm minute
breathe-open = Breathe for a minute
breathe-text = Let the breath out last longer than the breath in. Follow the circle, or close your eyes and count to four, then to six. There is no wrong way.
breathe-in = In
breathe-hold = Wait
breathe-out = Out, slowly
breathe-rest = Wait
breathe-more = If you like: feel your feet on the floor, and name five things that you see. You miss nothing; the meeting waits in this tab.
breathe-enough = That is enough

## What is said

log-label = What is said
log-start = You see what is said from now on.
came-in = You came in during “{ $part }”, part { $index } of { $parts }.
came-in-after = You came in during “{ $part }”, after the hour.
came-in-floor = { $name } has the floor, { $count ->
    [0] nobody is waiting.
    [one] 1 is next.
   *[other] { $count } are next.
  }
came-in-topic = The topic: { $topic }
log-back = You loaded this page again. Here is what could be brought back; older words are kept nowhere.
log-away = While you were away
log-gap = Something was said here that could not be brought back.
log-moderator = You are now a moderator.
log-not-moderator = You are no longer a moderator.
log-listener = A moderator has asked you to listen for now. You are welcome to read.
log-member = You can write here now.
log-link-used = Your link was used a second time just now, and refused. If that was not you, tell the facilitator.
log-renamed = A moderator has changed your name to { $name }.
log-no-host = No moderator is here right now.
log-host = A moderator is here.
log-host-again = A moderator is here again.
your-hat = { $hat ->
    [greeter] You are a greeter now. “Tools” shows you who waits at the door, and you let them in.
    [timekeeper] You keep the time now. “Run sheet”, at the top, gives a part or a share more of it.
    [reader] You are the reader now. “Run sheet”, at the top, has what is read out, and you may write while those who lead speak.
    [successor] You are the successor now. When nobody is here who leads, you may, and this page asks you then.
   *[mentor] You are a mentor now: others see beside your name that you are somebody to turn to.
  }
your-hat-over = Your task in this meeting is over: { $name }
log-taken-back = { $count ->
    [one] 1 message was taken back
   *[other] { $count } messages were taken back
  }
log-hidden = { $count ->
    [one] 1 message of { $name }, hidden for you
   *[other] { $count } messages of { $name }, hidden for you
  }
log-empty = Nobody has said anything since you came in. A “hello” is enough to begin.
new-below = { $count ->
    [one] 1 new message below
   *[other] { $count } new messages below
  }
to-end = To the newest
you = You
message-of = Message from { $name }
share-of = What { $name } shares
message-more = More for the message from { $name }
replying-to = In reply to { $name }
taken-back = Taken back.
warning-cover = Content warning: { $warning }
warning-plain = Content warning
warning-show = Show it
warning-hide = Cover again
veiled = Covered while the room is paused.
veiled-show = Show
status-pending = Sending…
status-waiting = Waiting for the line…
status-goes-in = Goes out by itself in { $seconds } s
status-first = With those who lead
status-failed = Not sent.
retry = Try again
retry-in = Try again in { $seconds } s
edit = Edit
throw-away = Throw away
react-with_you = With you
react-thank_you = Thank you
react-me_too = Me too
react-hug = Hug
react-candle = Candle
react-celebrate = Celebrate
reaction-count = { $label }, { $count ->
    [one] 1 person
   *[other] { $count } people
  }
react-group = React
reply = Reply
take-back = Take back
copy-words = Copy the words
report = Report to the moderators

## The message box

box-label = Your message
box-placeholder = Write here…
box-send = Send
box-keys = Enter sends · Shift + Enter makes a new line
box-left = { $count ->
    [one] 1 character left
   *[other] { $count } characters left
  }
box-over = { $count ->
    [one] 1 character too many
   *[other] { $count } characters too many
  }
box-warning = Add a content warning
box-warning-label = Covered until opened. What is it about? (you can leave this empty)
box-warning-off = No content warning
box-reply-off = Not a reply
box-why-muted = You are muted. You can read, react and ask for help.
box-why-muted-until = You are muted until { $time }. You can read, react and ask for help.
box-why-frozen = The room is paused.
box-why-listener = You are here to listen. You can react, and ask for help.
box-why-slow = Slow mode: you can send again in { $seconds } s.
nudge-title = This may tell who you are.
nudge-text = It has not been sent. Others here could copy it.
nudge-email = An e-mail address:
nudge-phone = A phone number:
nudge-handle = A name from another service:
nudge-address = An address:
nudge-name = A full name:
nudge-change = Change it
nudge-send = Send it all the same
box-frozen-host = The room is paused. Only moderators can write.

## The hour, and taking turns

rehearsal = Rehearsal, { $speed } times as fast, with pretend members.
turns-label = Where we are
turns-before = Before the start. The room is open for greeting.
begin = Begin
part-of = part { $part } of { $count }
part-after = after the hour
part-left = { $minutes ->
    [one] 1 min left
   *[other] { $minutes } min left
  }
part-over-now = time is up
part-over = { $minutes ->
    [one] over by 1 min
   *[other] over by { $minutes } min
  }
turn-open = Everyone can write.
turn-silence = Quiet, together.
turn-yours = It is your turn.
turn-yours-words = In several messages, if you like.
turn-of = { $name } is sharing.
turn-free = The floor is free.
turn-hosts = Those who lead are speaking.
clock-label = Time left
somebody = Somebody
next-up = Next:
next-you = you
next-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
  }
next-nobody = Nobody is waiting.
hand-raise = Raise hand
hand-lower = Lower hand
hand-up = Your hand is up.
hand-place = Your hand is up. { $before ->
    [0] You are next.
    [one] 1 person is before you.
   *[other] { $before } people are before you.
  }
question-raise = Ask a question
question-place = Your hand is up for a question. { $before ->
    [0] You are next.
    [one] 1 person is before you.
   *[other] { $before } people are before you.
  }
question-by-hand = Raise my hand for it
question-by-hand-text = You ask it yourself, when you are called.
question-text = Or write it to those who lead. Nothing shows them who asked; they may answer it for everyone.
question-field = Your question
question-send = Send it
question-heard = Those who lead have your question.
question-unheard = Nobody who leads is here at this moment, so nobody has seen it. Ask again in a few minutes.
question-empty = Write your question first.
round-place = One after the other. { $before ->
    [0] You are next.
    [one] 1 person is before you.
   *[other] { $before } people are before you.
  }
done = Done
pass = Pass
replies-welcome = Short replies welcome
sign-soft = { $minutes ->
    [0] About { $seconds } seconds left.
    [one] About a minute left.
   *[other] About { $minutes } minutes left.
  }
sign-clear = Your time is over; finish your thought.
box-why-turn = { $name } is sharing.
box-why-hand = Raise your hand to speak.
box-why-wait = You will be called.
box-why-silence = A silence.
box-why-others = Others come next.
box-why-heard = Everyone has been heard. The next part comes soon.
box-stays = What you have written stays in the box.

topic = Topic:
topic-more = More
topic-less = Less
until-next = Keep your words for yourself: add them to your calendar
until-next-saved = Saved as “reminder.ics”. Open it, and your calendar takes it.
until-next-title = Reminder

## Milestones

milestone-open = Announce a milestone
announce-title = Announce a milestone
announce-text = Everybody here can celebrate it with you.
announce-later = You can announce it as soon as you can write again.
announce-say-first = It is my first meeting
announce-say-again = I am starting again
announce-say-days = Days
announce-say-months = Months
announce-say-years = Years
announce-count-days = How many days?
announce-count-months = How many months?
announce-count-years = How many years?
announce-do = Announce it
announce-doing = Announcing…
milestone-of = Milestone of { $name }
milestone-first = First meeting
milestone-again = Starting again
milestone-days = { $count ->
    [one] 1 day
   *[other] { $count } days
  }
milestone-months = { $count ->
    [one] 1 month
   *[other] { $count } months
  }
milestone-years = { $count ->
    [one] 1 year
   *[other] { $count } years
  }
milestone-warm-first = Welcome. It is good that you came.
milestone-warm-again = Welcome back. It is good that you came.
milestone-warm-time = It is good that you are here.
celebrate = Celebrate
celebrated = You celebrate
celebrating = { $count ->
    [one] 1 person celebrates
   *[other] { $count } people celebrate
  }

## Questions to all

poll-told = A question to all: { $question }
poll-told-result = The answers are counted: { $question }
poll-agree = Do we agree to the guidelines?
poll-agree-yes = I agree
poll-agree-no = Not yet
poll-read-guidelines = Read the guidelines
poll-hands-yes = Yes
poll-hands-no = No
poll-scale = How are you right now?
scale-hard = having a hard time
scale-well = doing well
scale-low = low
scale-high = high
poll-totals = Only totals are shown, and only from five answers on. An answer cannot be changed.
poll-sending = Sending your answer…
poll-counted = Counted.
poll-voted = { $count ->
    [0] Nobody has answered yet.
    [one] 1 has answered.
   *[other] { $count } have answered.
  }
poll-few = Fewer than five have answered, so nothing is shown.
poll-nearly-all = Nearly all:
poll-hide = Put away, for me
ask-all = Ask everybody
ask-agree = Ask: do we agree to the guidelines?
ask-kind = What kind?
ask-kind-hands = Show of hands: yes or no
ask-kind-choice = Choose one of several
ask-kind-scale = A scale from 1 to 5
ask-question = The question
ask-question-scale = The question (if you leave it empty: “How are you right now?”)
ask-options = The answers
ask-option = Answer { $number }
ask-option-more = One more answer
ask = Ask
poll-close = Count and show
poll-clear = Put away

## The run sheet

run-sheet = Run sheet
begin-with = Begin: { $title }
next-part = Next: { $title }
next-all-the-same = { $name } is still sharing. Go on to { $title } all the same?
next-go-on = Go on
next-wait = Wait
last-part = This is the last part.
back-part = Back
part-more = +5 min for this part
signs = A sign to who shares
sign-give-soft = Sign: a minute left
sign-give-clear = Sign: time is over
sign-given = Only who shares sees this sign. Their words are not cut off.
share-more = +1 min
take-floor = Take the floor back
give-floor = Give the floor
hands-title = Hands
hands-round = Still to come
has-question = question
call = Call
call-name = Call { $name }
call-anyone = Call somebody else
take-it = Take the floor
hand-first = First
hand-first-name = { $name } first
hand-last = Last
hand-last-name = { $name } last
hand-down = Take down
hand-down-name = Take down the hand of { $name }
hand-was-put-down = Hand taken down.
script = To read out
script-copy = Copy into the message box
script-copied = It is in your message box.
script-in-silence = Nobody writes in this part. You can read it out in the next one.
script-missing = What is read out here cannot be had right now.
topic-now = The topic
topic-off = Take it away
topic-choose = Choose a topic
topic-other = Choose another topic
topic-own = In your own words
topic-set = Make it the topic
topics-missing = The topics to choose from cannot be had right now.
all-parts = All parts
part-minutes = { $minutes } min, { $mode ->
    [queue] by hands
    [round] in a round
    [speaker] who leads speaks
    [silence] silence
   *[open] everyone writes
  }
go-there = Go there
go-to-part = Go to { $title }

## Help and reports

help = I need help
help-title = I need help
help-danger = We cannot see where you are. If you or somebody near you is in danger, call your local emergency number.
help-call-title = Ask a moderator privately
help-text = Only the moderators of this meeting see it, never the room.
help-field = What would help? (you can leave this empty)
help-send = Ask for help
help-contact = You can reach the operator of this server: { $contact }
line-title = Your private line
line-waiting = Waiting. { $count ->
    [one] A moderator has been told.
   *[other] { $count } moderators have been told.
  } Stay here if you can.
line-waiting-some = Waiting for a moderator.
line-nobody = No moderator is here at this moment, so nobody has seen this yet. Whoever comes will see that you asked. Please do not wait for that: the numbers below reach somebody now.
line-taken = Somebody is with you.
line-closed = This private line is closed. You can ask for help again at any time.
line-closed-toast = Your private line was closed. You can ask for help again at any time.
line-taken-toast = A moderator is with you. Open “I need help” to read and write.
line-again-toast = Who was with you had to go. The other moderators have been told; “I need help” stays open for you.
line-message-toast = A moderator wrote to you. Open “I need help” to read it.
line-log = What is said on the private line
line-field = Write on the private line
line-send = Send
line-close = Close the line
line-you = You
line-nothing = Nothing is written yet.
line-not-kept = What was written before you came, or reloaded the page, is not kept.
line-with = Private line with { $name }
line-state-waiting = Waiting: nobody has taken it
line-state-mine = You are with them
line-state-taken = { $name } is with them
line-gone = The line is closed.
resource = To take along
helplines-title = Helplines
helplines-not-ours = These services are not part of this site. Numbers change: if one does not answer, call your local emergency number.
helplines-country = Country
helplines-choose = Choose a country
helplines-local = Call your local emergency number.
helplines-missing = A country that is not listed is one of which we could not check the numbers. Call your local emergency number there.
helplines-all = All helplines on one page
helplines-later = The helplines could not be loaded. Call your local emergency number, or open the page /help.
helpline-emergency = Emergency
helpline-crisis = Crisis
helpline-addiction = Alcohol and drugs
helpline-call = Call
helpline-text = Text
helpline-chat = Chat
helpline-old = Last seen more than a year ago: it may have changed.
help-page-title = Help now
card-overdose = An overdose
card-overdose-1 = Somebody who cannot be woken, breathes slowly or not at all, or has blue lips is in danger of their life. Call the emergency number now.
card-overdose-2 = Say where you are, and what you see. Stay with them until help comes.
card-overdose-3 = If there is naloxone, use it as its packet says. Call the emergency number all the same: it can wear off before the drug does.
card-overdose-4 = The people who answer tell you what to do. Stay on the telephone.
card-withdrawal = Stopping suddenly
card-withdrawal-1 = After drinking daily, or after taking benzodiazepines for a while, stopping suddenly can be dangerous. Please talk to a doctor before you stop.
card-withdrawal-2 = Shaking badly, seeing or hearing what is not there, confusion, a fever or a seizure is an emergency. Call the emergency number.
card-withdrawal-3 = It is no failure to need help with this. A doctor can make it safe.
card-suicide = Thoughts of suicide
card-suicide-1 = If you may act on them now, call your emergency number, or a crisis line. If you can, go where somebody is with you.
card-suicide-2 = Put some distance between you and what you could use. Ask somebody to keep it for you.
card-suicide-3 = Such thoughts can be talked about, and they can pass. Saying them aloud to somebody does not make them stronger.
card-suicide-4 = If you worry about somebody here, ask them directly, listen, and call a moderator.
card-moderator = For you, who took this call
card-moderator-1 = Say that you are there. Listen first; you need not solve it, and you are not alone with it: the hosts’ channel is beside this.
card-moderator-2 = Ask plainly: “Are you safe right now?” and “Are you thinking of ending your life?” Asking does no harm.
card-moderator-3 = We cannot see where anybody is. In danger, ask them to call their emergency number, or somebody who can be with them, and stay on the line until they have.
card-moderator-4 = Give no medical advice and promise no secrecy. When it is over, take a moment for yourself, and tell another host.
hosts-channel = Among hosts
hosts-hint = Only those who moderate read this.
hosts-field = Write to the other hosts
hosts-send = Tell the hosts
hosts-nothing = Nothing is written here yet.
report-title = Report this message
report-text = Only moderators see the report, with the message attached. Never { $name }.
report-reason = What is wrong with it? (you can leave this empty)
report-send = Report
report-heard = The moderators have the report. Thank you for looking after this room.
report-unheard = No other moderator is here at this moment, so nobody has seen the report yet. Those who come will see that you made one.

## Who is here

people-title = Who is here
people-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
  }
role-facilitator = Facilitator
role-moderator = Moderator
role-member = Member
role-listener = Listener
hats = Give a hat…
hats-title = Hats of { $name }
hat-greeter = Greeter
does-greeter = Sees who waits at the door, and lets them in
hat-timekeeper = Timekeeper
does-timekeeper = Gives a part or a share more time
hat-reader = Reader
does-reader = Sees what is read out, and may write where speakers do
hat-mentor = Mentor
does-mentor = Named as somebody to turn to
hat-successor = Successor
does-successor = May lead when nobody is here who does
is-away = away
is-muted = muted
is-hidden = hidden for you
hide = Hide their messages, for me
hidden-show = Show again
hidden-off = Show their messages again
hidden-show-name = Show the messages of { $name } again
hidden-toast = You do not see what { $name } writes any more. Nobody else knows.
word-warning = A word from the moderators
word-listener = A moderator has asked you to listen for now
word-first = Your first message was not sent on
first-sent-back = Those who lead have read it, and did not let it through this time. Your words are back in the message box: change them, or write something else.
word-private = Only you see this.
word-read = I have read it
person-more = More for { $name }

## The moderators' tools

freeze = Freeze
freeze-hint = Stops all writing and coming in, and covers the last minute
unfreeze = Undo freeze
raid = If the meeting is disturbed
sweep = Send newcomers to the lobby
sweep-hint = Whoever came in lately waits at the door until you let them in. Those who were here before go on.
sweep-minutes = { $count ->
    [one] of the last minute
   *[other] of the last { $count } minutes
  }
sweep-do = Send them
sweep-retract = Take back all that they said
sweep-undo = { $count ->
    [one] Let the one in again
   *[other] Let all { $count } in again
  }
swept-toast = { $count ->
    [one] 1 person was
   *[other] { $count } people were
  } sent to the lobby, where newcomers wait from now on.
swept-retracted = { $count ->
    [one] 1 message was
   *[other] { $count } messages were
  } taken back.
swept-undone = They are back in the room.
swept-nobody = Nobody came in during the last { $minutes ->
    [one] minute.
   *[other] { $minutes } minutes.
  }
lobby-by-itself = On by itself, since many came at once. Off when it is quiet, or when you say so
wave = Many people came at once.
wave-text = Those inside go on; newcomers wait in the lobby until it is quiet again. { $count ->
    [0] Nobody waits.
    [one] 1 waits.
   *[other] { $count } wait.
  }
wave-undo = All is well: let them in
wave-sweep = It is a raid: send newcomers out
needs-you = Needs you
needs-nobody = Nothing is waiting for you.
at-the-door = At the door
marked = Looks like the network of somebody who was banned here
admit = Let in
deny = Not now
denied-one = Not let in.
first-messages = First messages to you first
first-messages-hint = Whoever is new says hello to you first; you let it through
first-waits = First messages wait for you.
first-look = Read them
first-of = A first message by { $name }
first-let-through = Let it through
first-not-this = Not this one
first-through-toast = It is let through. From now on they write as everybody does.
first-back-toast = They were told kindly, and may write again.
lobby-talk-to = Write
lobby-talk-to-name = Write to { $name }
lobby-talk-begun = Somebody has written to them already.
deny-all = Turn all away for now
denied-all = { $count ->
    [one] 1 person is not let in.
   *[other] { $count } people are not let in.
  }
admitted-toast = { $name } is in.
admitted-all-toast = { $count ->
    [one] 1 person is in.
   *[other] { $count } people are in.
  }
sent-back = They are in the lobby again.
sent-back-toast = { $name } is in the lobby again.
sent-back-gone = They are not here any more.
came-back-toast = { $name } is back in the room.
admit-held = Newcomers wait until somebody is here who leads.
admit-moderators = A moderator decides about this one.
admit-all = Let everyone in
admit-unmarked = Let in all but the marked
call-help = { $name } asks for help
call-help-lobby = { $name } asks for help, in the lobby
call-waits-again = { $name } waits for help again: nobody is with them now.
caller-gone = { $name } asked for help, and has left.
caller-gone-alone = Nobody had answered yet.
caller-gone-answered = Somebody had been with them.
line-caller-gone = They have left the meeting, and the line with it.
call-take = Be with them
call-open = Open the line
call-taken-by-you = You have taken it
call-taken-by = Taken by { $name }
call-not-taken = Nobody has taken it
give-back = Give it back
call-report = { $name } was reported
call-report-somebody = A message was reported
call-words-gone = Its words are not kept any longer. Whoever reported it can tell you.
report-take = I look at it
report-acted = Done, and acted
report-no-action = Left as it is
report-was-closed = Report closed.
report-closed-toast = Whoever reported it has been told.
call-question = A question, without a name
call-reason = Why:
call-done = Done
call-was-done = Question done.
the-room = The room
lock = Lock the door
lock-hint = Nobody new comes in
lobby = Lobby
lobby-hint = Newcomers wait until you let them in
slow = Slow mode
slow-hint = A pause between two messages of one person
slow-off = Off
slow-seconds = { $seconds } seconds
slow-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
  }
members-link = Link for members
members-link-hint = Share this one. Your own link makes whoever has it the facilitator.
copy = Copy
copied = Copied.
close-meeting = Close the meeting
close-sure = Close the meeting for everyone?
close-sure-text = Everybody sees the closing page, and all that was said is erased. This cannot be undone.
close-call-waits = { $name } has asked for help, and nobody has answered yet.
close-call-with = { $name } has asked for help, and somebody is with them.
warn = Write a private word…
warn-title = A private word to { $name }
warn-text = Only they see it. Nothing shows who wrote it.
warn-field = What you would like them to know
warn-yes = Send it
warned-toast = { $name } has your word.
to-listener = Ask to listen for now…
to-listener-title = Ask { $name } to listen for now?
to-listener-text = They stay in the room: they read, react and can ask for help, and do not write. Nothing shows who asked.
to-listener-field = A private word to them (you can leave this empty)
to-listener-word = You are welcome to read.
to-listener-yes = Move to listener
to-listener-toast = { $name } listens for now.
to-member = Let them write
to-member-toast = { $name } can write now.
to-lobby = Send back to the lobby
mute-ten = Mute for 10 minutes
unmute = Unmute
retract-any = Take back for everyone
rename = Give another name
rename-title = Another name for { $name }
rename-field = New name
rename-save = Change the name
make-moderator = Make moderator
make-member = No longer a moderator
remove = Remove…
remove-with = Remove, with all their messages…
ban = Ban…
ban-now = Ban now, and take back all they said
ban-title = Ban { $name }?
ban-text = They see a closing screen with your word. If they come back, they wait in the lobby, and you see a mark beside them.
ban-yes = Ban
remove-title = Remove { $name }?
remove-text = They see a closing screen with your word, and can ask to come back through the lobby.
remove-retract = Take back all their messages
remove-retract-hint = Of the last minutes, for everyone
remove-ban-check = Ban for this meeting
remove-ban-hint = They wait in the lobby, marked, if they come back
remove-reason = A private word to them (you can leave this empty)
remove-yes = Remove
removed-toast = { $name } was removed.
removed-toast-with = { $name } was removed; { $count ->
    [one] 1 message was
   *[other] { $count } messages were
  } taken back.
muted-toast = { $name } is muted for 10 minutes.
unmuted-toast = { $name } can write again.
appointed-moderator = { $name } is a moderator now.
appointed-member = { $name } is no longer a moderator.
floor-given = { $name } has the floor.
hands-wait = { $name } has a hand up{ $count ->
    [0] { "." }
    [one] { ", and 1 more." }
   *[other] , and { $count } more.
  }
for-hosts = For you
freeze-key = Alt + Shift + F (in Tor Browser: Ctrl + Shift + F) freezes the room from anywhere. In the list of what is said, the arrow keys and Enter open what can be done with a message.
sound = A quiet sound
sound-hint = When somebody asks for help, reports, asks or knocks. Only here.
doings = What you did here ({ $count })
doings-hint = In this tab only. It says what you did and for whom, never what was said, and goes with the meeting.
did-mute = Muted { $name } for 10 minutes
did-unmute = Unmuted { $name }
did-to_listener = Asked { $name } to listen
did-to_member = Let { $name } write
did-appoint-moderator = Made { $name } a moderator
did-appoint-member = { $name } no longer a moderator
did-freeze-on = Froze the room
did-freeze-off = Undid the freeze
did-lock-on = Locked the door
did-lock-off = Opened the door again
did-lobby-on = Turned the lobby on
did-lobby-off = Turned the lobby off
did-admit-one = Let { $name } in
did-admit-all = Let everyone in who waited
did-admit-swept = Let those in again who were sent to the lobby
did-deny-one = Did not let { $name } in
did-deny-all = Did not let those in who waited
did-sweep-newcomers = Sent newcomers to the lobby
did-sweep-one = Sent { $name } back to the lobby
did-sweep-some = Sent those back to the lobby who had been let in
did-first_messages-on = Asked to read first messages
did-first_messages-off = No longer read first messages
did-first_answer-through = Let the first message of { $name } through
did-first_answer-back = Gave { $name } the first message back
did-sign = Gave a sign
did-slow = Changed slow mode
did-extend = Made the meeting longer
did-help_take-taken = Took a call for help
did-help_take-back = Gave a call for help back
did-help_close = Closed a call for help
did-report_take-taken = Looked at a report
did-report_take-back = Gave a report back
did-report_close = Closed a report
did-retract = Took a message back for everyone
did-rename = Gave { $name } another name
did-warn = Wrote a private word to { $name }
did-remove-only = Removed { $name }
did-remove-ban = Banned { $name }
retracted-toast = Taken back for everyone.
renamed-toast = The name was changed.
undo = Undo

## Faults

error-offline = The line is down. It comes back by itself; try again then.
error-no-answer = No answer came. Please try again.
