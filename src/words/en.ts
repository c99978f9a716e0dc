/**
 * Every sentence a reader sees, in English. A translation is a file like this one, listed in
 * words.ts. `{{x}}` is filled in; `_one` and `_other` are the plural forms of i18next.
 */
export const en = {
  /** The language of this file, for numbers and spans of time (BCP 47). */
  locale: 'en',

  commands: {
    read: {
      description: 'Begin a story in this channel',
      story: 'Which story to read',
      from: 'Begin at this passage instead of the first',
    },
    next: { description: 'Tell the next passage' },
    back: { description: 'Tell the passage before once more; the one after it comes next' },
    goto: {
      description: 'Go to another passage of the story',
      passage: 'The number of the passage',
      chapter: 'The chapter to begin',
    },
    by: {
      description: 'How much one message tells; usually a paragraph',
      paragraph: 'paragraph',
      page: 'page: several short paragraphs together',
    },
    where: { description: 'Show, only to you, where this channel is in its story' },
    library: {
      description: 'Show, only to you, the stories there are, and begin one',
      search: 'Words of a title or an author',
    },
    close: { description: 'End the reading here; its place is kept' },
    quote: {
      description: 'Quote a line that was told here',
      line: 'A few words of the line; leave it out for a line of the last passage',
      as: 'As text or as a picture',
      asText: 'text',
      asCard: 'card',
      asLightCard: 'card on light paper',
      story: 'Quote from another story that was read to its end here',
      spoiler: 'Quote ahead of the reading, behind a spoiler mark (host and moderators)',
    },
    quoteLine: 'Quote a line',
    search: {
      description: 'Find, only for you, lines that were told here',
      words: 'A few words of the lines you look for',
    },
    kept: { description: 'Show, only to you, the lines you keep here and the room’s favourites' },
    catchup: { description: 'Read, only for you, what was told here since you were last with us' },
    doctor: { description: 'Check, only for you, whether I can do all I should in this channel' },
    pace: {
      description: 'Choose how the next passage comes',
      together: 'The page turns when the room is ready (host and moderators)',
      readers: 'How many readers turn the page; left out, everyone who is here',
      wait: 'Minutes after which whoever asks turns it (usually 10; 0 for never)',
      every: 'The story comes by itself, every so often (host and moderators)',
      everyTime: 'How often: 30m, 2h, 1d; from a minute to 30 days',
      daily: 'The story comes by itself at a time of day (host and moderators)',
      at: 'The time of day, like 21:30',
      zone: 'Whose time: a city near you',
      days: 'On which days: every day, weekdays, weekends, or like mon,wed,fri',
      passages: 'How many passages at a time, 1 to 10',
      chapter: 'Tell to the end of the chapter each time',
      mention: 'A role to call each time',
      show: 'Show, only to you, how the next passage comes',
      by: 'Tell by paragraph or by page from now on (host and moderators)',
      off: 'Whoever asks turns the page (host and moderators)',
    },
    forgetMe: { description: 'Delete everything that is kept about you, everywhere' },
  },

  buttons: {
    begin: 'Begin',
    next: 'Next',
    continue: 'Continue · {{passage}}',
    earlier: 'Back',
    more: 'More',
    quote: '❝ Quote',
    keep: 'Keep',
    catchup: 'Catch me up',
    ready: 'Ready · {{ready}} of {{needed}}',
  },

  menu: {
    choose: 'Which line shall it be?',
    title: 'Lines of passage {{place}}',
    page: 'Page {{page}} of {{pages}}',
    begin: 'Which story shall it be next?',
    forget: 'Let go of a line',
    forgetAll: 'Let go of all',
  },

  quote: {
    link: '[told here]({{link}})',
    kept: 'Kept. You find it again with /kept.',
    known: 'You keep this line already; /kept shows it.',
    full: 'There is no room for more lines here. Let go of one with /kept first.',
  },

  search: {
    title_one: '{{count}} line told here has these words',
    title_other: '{{count}} lines told here have these words',
    most: 'The best {{count}} lines with these words',
    hit: '**{{passage}}** · {{text}}',
    none: 'No line told here has these words. Try fewer of them, or others.',
  },

  kept: {
    title_one: 'You keep {{count}} line here',
    title_other: 'You keep {{count}} lines here',
    none: 'You keep no line here yet. The button under a quote keeps it.',
    favourites: 'The room’s favourites',
    line: '**{{passage}}** · {{text}}',
    hidden_one: '{{count}} line of a story for age-restricted channels is not shown here.',
    hidden_other: '{{count}} lines of stories for age-restricted channels are not shown here.',
    forgotten_one: 'You have let go of {{count}} line.',
    forgotten_other: 'You have let go of {{count}} lines.',
  },

  forgetMe: {
    done_zero: 'Everything kept about you is deleted, also that you began any reading.',
    done_one:
      'Everything kept about you is deleted: the line you kept, and that you began any reading.',
    done_other:
      'Everything kept about you is deleted: {{count}} kept lines, and that you began any reading.',
  },

  card: {
    author: 'by {{author}}',
    length_one: '{{count}} passage · {{time}}',
    length_other: '{{count}} passages · {{time}}',
    from: 'beginning at passage {{passage}}',
    left: 'This room once stopped at passage {{position}}. You can go on from there.',
    rating: { teen: 'teen', mature: 'mature', explicit: 'explicit' },
  },

  time: {
    minutes_one: 'about {{count}} minute',
    minutes_other: 'about {{count}} minutes',
    hours_one: 'about {{count}} hour',
    hours_other: 'about {{count}} hours',
  },

  ending: {
    title: 'And that is where the story ends.',
    told: '*{{title}}*, told here to its last word. Thank you for reading together.',
    dates: 'Begun {{begun}}, ended {{ended}}',
    sittings_one: 'in {{count}} sitting',
    sittings_other: 'in {{count}} sittings',
    readers_one: '{{count}} reader',
    readers_other: '{{count}} readers',
    favourites: 'The lines this room kept:',
    facts_one: '{{title}} · {{count}} passage · {{time}}',
    facts_other: '{{title}} · {{count}} passages in {{time}}',
    moment: 'less than a minute',
  },

  schedule: {
    holds: 'The story comes by itself: {{what}} {{when}}.',
    amount_one: '{{count}} passage',
    amount_other: '{{count}} passages',
    chapter: 'to the end of the chapter',
    every: 'every {{time}}',
    daily: 'every day at {{time}} ({{zone}})',
    weekdays: 'on weekdays at {{time}} ({{zone}})',
    weekends: 'at weekends at {{time}} ({{zone}})',
    days: 'every {{days}} at {{time}} ({{zone}})',
    next: 'The next time is {{date}}, {{distance}}.',
    mentions: '{{role}} is called each time.',
    zone: '{{zone}} · {{time}} now',
    calls: '{{role}} The story goes on.',
    missed_one: 'I was away at {{due}}, when this was due. Here it is.',
    missed_other:
      'I was away for {{count}} tellings, the first at {{due}}. Nothing is lost: here the story goes on.',
    stopped:
      '*{{title}}* does not come by itself any more: three times in a row Discord did not take what I told. Its place is safe. Go on with /next, or set it anew with /pace.',
    storyGone:
      '*{{title}}* does not come by itself any more: its file is not in the library now. Its place is safe. Once the file is back, go on with /next, or set it anew with /pace.',
    notRestricted:
      '*{{title}}* does not come by itself any more: it is rated {{rating}}, and as far as I can see this channel is not age-restricted now. Its place is safe. Once the channel is, go on with /next, or set it anew with /pace.',
    badSpan: 'Say how often like 30m, 2h or 1d: anything from a minute to 30 days.',
    badTime: 'Say the time of day like 21:30.',
    badZone: 'I do not know that time zone. Type the name of a big city near you and choose it.',
    badDays: 'Say the days like mon,wed,fri, or every day, weekdays or weekends.',
    both: 'Choose either a number of passages or the whole chapter, not both.',
    notHere:
      'Here I can only answer, not speak up by myself. Have me added to a server for that, or set it in a direct message with me.',
    everyone: 'I call no whole server. Choose a role that only those have who want to be called.',
    notYourRole:
      'That role is not yours to call. Choose one that anybody may mention, or ask a moderator.',
    missing:
      'To tell the story by myself I also need {{permissions}} here. Give me that in the channel’s settings under Permissions, and set the pace again.',
  },

  closed: {
    notice: 'The reading of *{{title}}* rests here.',
    kept: '{{place}} · /read offers to go on from there',
  },

  where: {
    title: '{{title}}',
    begin: 'Nothing told yet. Press Begin, or use /next.',
    ended: 'The story has been told to its end.',
    left: '{{time}} left',
    last: 'the last passage',
    chapter: 'Chapter: {{chapter}}',
    own: 'Your own place: {{place}}',
    with: 'You are with us.',
    gone: 'The reading of *{{title}}* stands at passage {{position}}, but its file is not in the library now. The place is kept.',
  },

  catchup: {
    now: 'You are with us now.',
    nothing: 'Nothing has been told here yet, so you have missed nothing.',
  },

  pace: {
    next: 'Whoever asks turns the page.',
    everyone: 'everyone here has',
    readers: '{{count}} readers have',
    together: 'The page turns as soon as {{who}} pressed Ready.',
    togetherWait:
      'The page turns as soon as {{who}} pressed Ready, or after {{time}} for whoever asks.',
    ready: '{{ready}} of {{needed}} are ready now.',
    by: {
      paragraph: 'The story is told paragraph by paragraph.',
      page: 'The story is told page by page.',
    },
  },

  ready: {
    yes: 'You are ready.',
    no: 'You are not ready yet.',
    awaited_one: 'The page turns when {{count}} more reader is ready.',
    awaited_other: 'The page turns when {{count}} more readers are ready.',
    wait: 'Whoever asks can turn it {{time}}.',
  },

  doctor: {
    title: 'How I am doing here',
    server: 'I am a member of this server.',
    guest:
      'I am here by a reader’s own installation alone. Commands and buttons work; a story comes by itself only where I am a member of the server.',
    dm: 'This is a DM between us: no permission is needed.',
    met: '{{name}}: {{what}}',
    missing: '**{{name}}** is missing: {{what}}',
    need: {
      buttons: 'for taking old buttons off, and for a story that comes by itself',
      schedule: 'for a story that comes by itself',
      history: 'for telling no passage twice when a story comes by itself',
      mention: 'for calling the role of /pace, unless anybody may mention it',
    },
    mend: 'Allow it under Server Settings → Roles → my role, or for this channel alone under Edit Channel → Permissions. Then ask /doctor again.',
    mendThread:
      'Allow it under Server Settings → Roles → my role, or under Edit Channel → Permissions of the channel that this thread belongs to. Then ask /doctor again.',
    store: 'My notes answer, in {{ms}} ms.',
    storeDown:
      'My notes do not answer, so no page can turn. The place is safe; whoever runs me finds the reason in my log.',
    reading: '*{{title}}* is being read. {{pace}}',
    noReading: 'Nothing is being read here; /read begins a story.',
    noProblem: 'Nothing has gone wrong here.',
    problem: 'The last trouble was {{at}}: {{trouble}}',
    over: 'It is over: a message was told here {{at}}.',
    notOver: 'Nothing was told here since; the place is safe, and /next tries again.',
    memory: 'I remember troubles only since I was started, {{since}}.',
    refused: 'Only those who may manage messages can have me examined where nothing is being read.',
    trouble: {
      bug: 'a mistake of mine, which is in my log.',
      store: 'my notes did not answer.',
      unsettled: 'Discord did not answer as it should.',
      busy: 'too many wanted to turn the page at once.',
      again: 'a page did not turn the first time.',
      version: 'the reading was written down by a newer Lamplight than I am.',
      damaged: 'what I wrote down about this channel is damaged; whoever runs me has to mend it.',
      refused: 'Discord did not take a message of mine.',
      late: 'an answer of mine came too late for Discord.',
      automod: 'this server’s AutoMod did not let a passage through.',
      permission: 'Discord did not let me post, for want of a permission.',
    },
  },

  library: {
    title_one: 'There is {{count}} story to read',
    title_other: 'There are {{count}} stories to read',
    found_one: '{{count}} story by the words “{{search}}”',
    found_other: '{{count}} stories by the words “{{search}}”',
    shelf_one: '{{count}} story on the shelf {{shelf}}',
    shelf_other: '{{count}} stories on the shelf {{shelf}}',
    none: 'There is no such story. Try other words, or /library without any.',
    at: 'at {{place}} here',
    finished: 'read to its end here',
    choose: 'Look at a story',
    shelves: 'Look at a shelf',
    all: 'All shelves',
    moreShelves: 'More shelves…',
    back: 'Back to the list',
    hint: 'Choose one to see more of it, or begin one with /read.',
  },

  goto: {
    chapter: '{{chapter}} · {{passage}}',
    hidden: 'Chapter {{number}} · {{passage}}',
  },

  refusal: {
    nothing: 'Nothing is being read here. Begin a story with /read.',
    noStory:
      'There is no story called “{{story}}”. Choose one from the list that /read offers, or see /library.',
    from_one: '*{{title}}* has {{count}} passage. Choose a number from 1 to {{count}}.',
    from_other: '*{{title}}* has {{count}} passages. Choose a number from 1 to {{count}}.',
    gone: 'The file of *{{title}}* is not in the library now, so it cannot go on. The place is kept; put the file back and restart me, or begin another story with /read.',
    unfinished:
      '*{{title}}* is still being read here. Only the one who began it, {{host}}, and those who may manage messages can begin another; /close keeps its place.',
    host: 'Only the one who began this reading, {{host}}, and those who may manage messages can do that.',
    nobody: 'who asked to be forgotten',
    ended:
      '*{{title}}* has been told to its end here. Begin another story with /read, or hear a part again with /goto.',
    noBack: 'There is no passage before this one.',
    goto: 'Say where to go: a passage or a chapter.',
    gotoBoth: 'Choose either a passage or a chapter, not both.',
    noChapter: 'There is no such chapter. Choose one from the list.',
    stale: 'The reading has moved on from here.',
    elsewhere: 'This button belongs to a reading that is over.',
    line: 'No line told here has all of these words. Try fewer of them, or choose from the list.',
    storyGone: 'The file of that story is not in the library now.',
    lineAhead: 'Say which line: a few words of it. Quoting ahead never picks one by chance.',
    notFinished:
      '*{{title}}* has not been read to its end here, so nothing of it can be quoted yet.',
    notOurs: 'That message is no passage of a story of mine. Choose one that I told here.',
    rewritten: 'That passage has been rewritten since it was told. Find its lines with /quote.',
    toldNothing: 'Nothing has been told here yet, so there is no line to quote.',
    unknownButton: 'This button is from another time, and I do not know it any more. Try /where.',
    unknownCommand: 'I do not know this command any more. It will be gone from the list soon.',
    rated: {
      off: '*{{title}}* is rated {{rating}}, so I tell and quote it only in age-restricted channels. Whoever manages this channel can make it one under Edit Channel → Overview.',
      parentOff:
        '*{{title}}* is rated {{rating}}, so I tell and quote it only in age-restricted channels and their threads. Whoever manages the channel of this thread can make it one under Edit Channel → Overview.',
      parentUnseen:
        '*{{title}}* is rated {{rating}}, so I tell and quote it only in age-restricted channels and their threads, and the channel of this thread I cannot see. Give me View Channel there under Edit Channel → Permissions.',
      outside:
        '*{{title}}* is rated {{rating}}, so I tell and quote it only in age-restricted channels of servers that I am a member of. Ask me again in one of those.',
    },
    private:
      'Here Discord shows my answers to you alone, so nobody could read along. Ask for the permission “Use External Apps”, or have me added to this server.',
  },

  limit: {
    asking_one: 'That is a great deal to ask for. Please try again in {{count}} second.',
    asking_other: 'That is a great deal to ask for. Please try again in {{count}} seconds.',
    quotes_one: 'That is a great many quotes for one room. Please try again in {{count}} second.',
    quotes_other:
      'That is a great many quotes for one room. Please try again in {{count}} seconds.',
    atOnce: 'I am still busy with what you asked for before. Please try again in a few seconds.',
  },

  standing: {
    at: 'You are at {{place}}.',
    link: 'Here is [the newest message]({{link}}).',
  },

  trouble: {
    bug: 'Something went wrong on my side. The place is safe; please try again.',
    store: 'I cannot reach my notes just now. Your place is safe; please try again in a minute.',
    unsettled:
      'Discord is not answering me properly just now. Your place is safe; please try again in a minute.',
    busy: 'There is a lot of page turning here just now. Please try again in a moment.',
    again: 'The page did not turn that time. Please press once more.',
    version:
      'This reading was written down by a newer Lamplight than I am. Its place is safe; whoever runs me has to update me.',
    damaged:
      'What I wrote down about this is damaged, and I leave it as it is. Whoever runs me has to mend it, or restore it from a backup.',
    refused: 'Discord did not take my message. Your place is safe; please try again in a moment.',
    late: 'That took me too long. Your place is safe; please try again.',
    automod:
      'This server’s AutoMod does not let me post that passage. Whoever began the reading can pass over it with /goto, or AutoMod can be told to let me through.',
    permission:
      'Discord did not let me post here: a permission is missing. I need View Channel and Send Messages (in threads: Send Messages in Threads) to tell the story. The place is safe.',
    stopping: 'I am being restarted. Your place is safe; please try again in a moment.',
  },
} as const;
