# كل جُمل الصفحة وصفحات الخادم. يعزل Fluent أسماء الناس والغرف حتى لا تقلب اتجاه الجملة.
# العربية الفصحى، ومن دون تحديد جنس القارئ قدر الإمكان: المصدر بدل فعل الأمر. شرح الترجمة في docs/translating.md.

## هذه اللغة

language = العربية
direction = rtl
crisis-in = en
crisis-note = هذه البطاقات بالإنجليزية إلى أن يراجعها شخص يتحدث العربية.

## في كل مكان

app = اجتماعات
meeting = اجتماع
quick-exit = خروج سريع
quick-exit-hint = يغادر هذا الموقع فورًا. وكذلك الضغط على مفتاح Shift (في متصفح Tor: مفتاح Escape) ثلاث مرات. لا يمكنه مسح سجل متصفحك.
quick-exit-note = «خروج سريع» يغادر هذا الموقع فورًا. وكذلك الضغط على مفتاح Shift (في متصفح Tor: مفتاح Escape) ثلاث مرات. لا يمكنه مسح سجل متصفحك.
skip = الانتقال إلى ما يقال
keep-sentence = لا نحتفظ بحسابات ولا رسائل ولا عناوين. أثناء الاجتماع يستطيع هذا الخادم قراءة ما يقال، ويصل عنوان شبكتك إلى بابه الأمامي ما لم يكن الدخول عبر Tor، ويستطيع الآخرون في الغرفة نسخ ما تكتبه.
keep-link = ما نحتفظ به
needs-script = الاجتماع مباشر ويحتاج إلى JavaScript. متصفح Tor يشغّلها عند المستويين «قياسي» و«أكثر أمانًا». الصفحات الأخرى تعمل من دونها.
slow-start = لم يظهر شيء بعد؟ يُرجى إعادة تحميل الصفحة، أو تجربة متصفح أحدث.
close = إغلاق
cancel = إلغاء
back = رجوع
more = المزيد
on-its-way = لحظة من فضلك
on-its-way-text = هذا الجزء ما زال في الطريق إليك. يُفتح هنا من تلقاء نفسه حالما يسمح اتصالك. «أحتاج إلى مساعدة» يعمل في هذه الأثناء.
late = جزء من هذه الصفحة لا يصل. يُرجى إعادة تحميلها: مقعدك وكلماتك محفوظة.
languages = اللغة
meeting-language = باللغة: { $language }

## الصفحات العامة

home-title = اجتماعات
home-lead = اجتماعات نصية مباشرة لمن هم في طريق التعافي. الدخول من رابط: بلا حساب، ولا حاجة إلى اسمك.
home-open = مفتوحة الآن
home-next = التالي
home-week = الأيام السبعة القادمة
home-later = لاحقًا
home-nothing-open = لا يوجد اجتماع مدرج مفتوح في هذه اللحظة.
home-nothing = لا توجد اجتماعات مدرجة هنا بعد. إن أعطاك أحد رابطًا فهو يعمل على أي حال.
home-go-in = إلى الباب
home-closes = مفتوح الآن · يُغلق
group-meetings = اجتماعات هذه المجموعة
group-with-key = رابطك يتيح لك إدارة الاجتماعات هنا. يُرجى اختيار اجتماع: عند بابه يمكنك فتح الغرفة أو الدخول.
group-none = لا توجد اجتماعات لهذه المجموعة في الوقت الحالي.
group-led = { $kind ->
    [group-therapy] علاج جماعي
   *[peer-support] دعم الأقران
  } · الإدارة: { $by ->
    [volunteer] متطوّع مُدرَّب
    [counsellor] مُرشد
    [licensed-therapist] مُعالج مُرخَّص
   *[peer] من الأقران
  }
group-guidelines = ما تتفق عليه هذه المجموعة
when-by-hand = يُفتح يدويًا
when-always = مفتوح دائمًا
when-minutes = { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
  }
adults = للبالغين. هذا ليس علاجًا ولا يقدّم مشورة طبية.
room-loading = جارٍ فتح الباب…
missing-title = لا يوجد شيء هنا
missing-text = قد يكون هذا الرابط قديمًا، أو ينقصه حرف. لا مشكلة فيك ولا في جهازك.
broken-title = لم تعمل هذه الصفحة
broken-text = حدث خلل من جهتنا. لم يُحتفظ بشيء مما كتبته. يُرجى المحاولة مرة أخرى بعد لحظة.
busy-text = لا يستطيع الخادم البحث عن اجتماعاته في هذه اللحظة. يُرجى المحاولة مرة أخرى بعد دقيقة.
method-text = هذا العنوان للقراءة فقط.
all-meetings = عرض كل الاجتماعات
choose = البحث عن اجتماع
choose-any = أيّ منها
choose-language = اللغة
choose-format = نوع الاجتماع
choose-day = اليوم
choose-day-hint = اليوم هو يوم المكان الذي يُعقد فيه الاجتماع.
choose-nothing = لا يوجد اجتماع مدرج كهذا. قد يظهر شيء بعد إلغاء أحد الاختيارات.
day-1 = الإثنين
day-2 = الثلاثاء
day-3 = الأربعاء
day-4 = الخميس
day-5 = الجمعة
day-6 = السبت
day-7 = الأحد
how-title = كيف يجري الاجتماع هنا
how-link = أول مرة لك؟ هنا شرح كيف يجري الاجتماع.
how-lead = يكتب الناس بعضهم لبعض مدة ساعة، في الوقت نفسه، في غرفة واحدة. لا كاميرا ولا صوت ولا حساب.
how-in = الدخول
how-in-1 = الدخول بفتح رابط اجتماع، أو باختيار واحد من القائمة. يُعرض عليك اسم؛ يمكن قبوله أو كتابة غيره، على ألّا يكون اسمك الحقيقي.
how-in-2 = يمكن اختيار الاستماع فقط. ويمكن تغيير ذلك لاحقًا بالدخول مرة أخرى.
how-in-3 = لبعض الاجتماعات غرفة انتظار: يُدخلك منها أحد من الإشراف. قد يستغرق ذلك لحظة.
how-in-4 = ترى ما يقال منذ دخولك. أما ما قيل قبل ذلك فيبقى مع من سمعوه.
how-there = في الغرفة
how-there-1 = في الأعلى يظهر أين وصل الاجتماع وكم بقي من الوقت. وتحته ما يقوله الناس، وفي الأسفل مكان رسالتك.
how-there-2 = لا أحد مضطر إلى قول شيء. القراءة مشاركة أيضًا.
how-there-3 = النقاط الثلاث بجانب الرسالة للمزيد: إشارة هادئة مثل «معك»، أو رد، أو سحب كلماتك، أو إخفاء شخص عنك وحدك، أو إبلاغ الإشراف.
how-there-4 = يمكن تغطية كلماتك بتنبيه للمحتوى، فيختار الآخرون قراءتها أو تركها.
how-there-5 = إن انقطع اتصالك فلا يضيع شيء: تعود الصفحة من تلقاء نفسها وتحفظ ما كنت تكتبه.
how-turns = بالتناوب
how-turns-1 = في بعض الأجزاء يشارك شخص واحد في كل مرة. برفع اليد يأتي دورك وتُعطى الكلمة. و«أمرّر دوري» مقبول دائمًا.
how-turns-2 = أثناء مشاركة أحد لا يكتب الآخرون. هكذا يُسمع كل واحد منا.
how-turns-3 = هناك من يدير: أحد الأقران، أو متطوع، أو مرشد؛ والباب يذكر ذلك. والإشراف يرعى الغرفة.
how-safe = بأمان
how-safe-1 = في الغرفة، زر «أحتاج إلى مساعدة» دائمًا في أول الأعلى. يعرض خطوط المساعدة في بلدك، ويطلب الإشراف سرًا إن أردت. ولا تراه الغرفة.
how-safe-2 = زر «خروج سريع» دائمًا في آخر الأعلى، والضغط على Shift (في متصفح Tor: مفتاح Escape) ثلاث مرات يفعل الشيء نفسه: تصبح الصفحة فارغة وتغادر فورًا.
how-safe-3 = قبل إرسال كلماتك تسألك الصفحة مرة واحدة إن بدا أنها تدل عليك: رقم هاتف، أو عنوان، أو اسم كامل.
how-safe-4 = قد ينسخ الآخرون في الغرفة ما تكتبه. من الأفضل ألّا يُكتب ما يدل عليك أو على غيرك.
how-safe-5 = هذا دعم بين أناس عرفوا ذلك بأنفسهم. ليس علاجًا ولا يقدم نصيحة طبية.
how-out = المغادرة
how-out-1 = يمكن المغادرة في أي لحظة، من دون كلمة.
how-out-2 = عند إغلاق الاجتماع يُمحى كل ما قيل، وكذلك ما احتفظت به صفحتك.
how-out-3 = البدء من جديد مرحب به دائمًا، بعد يوم أو بعد سنوات.

## ما نحتفظ به

keep-title = ما نحتفظ به
keep-meanwhile = أثناء الاجتماع
keep-meanwhile-1 = في ذاكرة الخادم: الأسماء التي اختارها الناس لهذه الساعة، وما قيل في الدقائق الأخيرة، وكلمات صاحب الدور إلى أن ينتهي دوره، ومن كُتم صوته أو أُخرج.
keep-meanwhile-2 = من أجل الحظر: صورة مموّهة ومختصرة للشبكة التي تأتي منها. لا يمكن ردّها إلى عنوان، وكل ما تفعله أنها ترسل القادم الجديد إلى غرفة الانتظار.
keep-meanwhile-3 = في هذا اللسان من متصفحك: ما تحتاجه إعادة التحميل لإرجاعك، والكلمات التي لم تُرسل بعد، وهل أنهى الإشراف زيارتك.
keep-after = عند إغلاق الاجتماع
keep-after-1 = يُمحى كل ذلك، على الخادم وفي كل لسان ما زال مفتوحًا.
keep-after-2 = ما يبقى: المجموعات، ومواعيد اجتماعاتها، ومتى كان الاجتماع مفتوحًا، وبصمات الروابط التي تفتح الغرف. لا شيء عن الناس.
keep-cannot = ما لا نستطيع أن نعد به
keep-cannot-1 = يستطيع الآخرون في الغرفة نسخ ما تكتبه أو تصويره. لذلك من الأفضل ألّا تتضمن الكتابة ما يدل على هويتك.
keep-cannot-2 = قد يرى مزوّد الإنترنت، أو من يشاركك جهازك، أنك كنت في هذا الموقع. مسح سجل متصفحك بيدك أنت.
keep-cannot-3 = إن كان يلزم إخفاء شبكتك عن هذا الخادم أيضًا، فيُرجى استخدام متصفح Tor.
held-title = كل شيء، بندًا بندًا
held-note = هذه القائمة يخرجها البرنامج نفسه، واختباراته تقارنها بما هو موجود حقًا.
held-json = القائمة نفسها للبرامج
held-in-room = في حالة الغرفة المفتوحة، في الذاكرة
held-in-memory = وأيضًا في ذاكرة هذا الخادم
held-in-redis = في Redis، وهو ذاكرة كذلك ويربط عدة عمليات
held-in-database = في قاعدة البيانات، على القرص
held-in-log = في السجل
held-in-metrics = في أرقام مُشغّل الخادم
held-in-browser = في هذا اللسان من متصفحك
held-seconds = { $count ->
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $count } ثوانٍ
    [many] { $count } ثانية
   *[other] { $count } ثانية
}
held-minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
until-seat-ends = إلى أن يغادر هذا الشخص أو يُخرَج، أو يغيب مدة { $time }.
until-room-closes = إلى أن تُغلق الغرفة.
until-turn-ends = إلى أن ينتهي الدور، ومدة { $time } على الأقل.
until-time = مدة { $time }.
until-untouched = إلى أن تُغلق الغرفة؛ وإن توقفت كل العمليات، فبعد { $time } من آخر لمسة منها.
until-connection-ends = إلى أن ينتهي الاتصال.
until-process-ends = إلى أن يتوقف الخادم.
until-operator-deletes = إلى أن يحذفه مُشغّل الخادم.
until-leaving = إلى أن تغادر، أو تُغلق الغرفة، أو يُغلق هذا اللسان.
holds-room = ما هي الغرفة: عنوانها ومجموعتها، ومتى فُتحت ومتى تُغلق، وهل غرفة الانتظار أو القفل أو الإيقاف المؤقت أو الوضع البطيء مفعّل، وهل جاء كثيرون دفعة واحدة.
holds-room-keys = مفتاحان صُنعا عشوائيًا لهذا الاجتماع وحده: يموّهان الشبكات، ويثبتان أن الكلمات المُبلَّغ عنها قيلت هنا.
holds-call = من طلب المساعدة، ومنذ متى، ومن معه من الإشراف. ولا كلمة مما كُتب.
holds-report = أن رسالة أُبلغ عنها: أي رسالة، ولمن، ومن أبلغ، ومن ينظر فيها من الإشراف. ولا كلمة منها.
holds-links-held = أي مقعد جاء بأي رابط مخصص، ببصمة الرابط، حتى يحمله شخص واحد في كل مرة.
holds-bans = لكل حظر رقم من 0 إلى 4095 صُنع من شبكة بمفتاح الغرفة. يتقاسمه مليون عنوان.
holds-removed = بصمات مقاعد من أُخرجوا، حتى يُقال لهم ذلك.
holds-seat = مقعد كل شخص: الاسم المختار لهذا الاجتماع، والصفة، ومتى أُخذ المقعد، وهل كان ذلك بدعوة، وهل صاحبه غائب.
holds-seat-hats = ما يقوم به أحدهم للاجتماع، مثل الترحيب أو ضبط الوقت، وهل يدير بدل غيره.
holds-seat-token = بصمة السر الذي به يستعيد لسان الشخص مقعده.
holds-seat-network = رقم من 0 إلى 4095 صُنع من شبكة الشخص بمفتاح الغرفة، وهل هو رقم حظر.
holds-seat-conduct = هل صوت أحدهم مكتوم وحتى متى، وهل ينتظر فقط لأنه لا أحد يدير، وهل كتب إليه أحد في غرفة الانتظار، وهل مرّت رسالته الأولى.
holds-seat-turns = من رفع يده، ومن أخذ دوره أو مرّره أو يرحب بالردود.
holds-seat-voted = رقم آخر تصويت شارك فيه أحدهم. أما اختياره فلا يُحتفظ به في أي مكان.
holds-name = الأسماء المختارة مرة أخرى، مبسّطة، حتى لا يتشابه اسمان.
holds-agenda = جدول هذا الاجتماع، مع نصوصه، وأين وصلنا فيه.
holds-topic = الموضوع الذي وضعه من يديرون الاجتماع.
holds-floor = دور من الآن، وحتى متى.
holds-poll = أن تصويتًا يجري، وما نوعه، وحتى متى.
holds-poll-question = سؤال التصويت والإجابات المتاحة.
holds-poll-totals = كم شخصًا أجاب وبماذا: مجاميع فقط، ولا تُعرض إلا حيث لا يُعرف منها أحد.
holds-window = ما قيل مؤخرًا، لمن انقطع اتصالهم.
holds-share = كلمات صاحب الدور، لمن ينقطع اتصاله في تلك الأثناء.
holds-own-posts = ما قاله زوار هذا الخادم مؤخرًا وقيل لهم إنه وصل، ليُقال مرة أخرى إن ضاع في الطريق.
holds-message-ids = أرقام الرسائل، من دون كلماتها، حتى لا تظهر رسالة مرتين.
holds-last-post = متى كتب كل مقعد آخر مرة، من أجل الوضع البطيء.
holds-on-its-way = ما طُلب قبل لحظة، إلى أن يتم.
holds-to-be-done = ما سيُفعل بعد قليل، مثل رفع مقعد من انقطع اتصاله.
holds-half-received = ما وصل من رسالة حتى الآن، إلى أن يصل باقيها ويُجاب عنها.
holds-being-loaded = ما يحدث في غرفة بينما يجلب هذا الخادم حالتها أو يقارنها.
holds-not-sent-yet = ما هو على وشك أن يُرسل إلى أحد، أو لم يمكن إرساله بعد.
holds-room-place = إلى أين وصل تسلسل أحداث الغرفة، ومتى كُتب كل بند منها.
holds-room-entries = حالة الغرف المفتوحة، على شكل بايتات.
holds-rooms-open = أي الغرف مفتوحة.
holds-who-is-connected = أي اتصال يحمل أي مقعد.
holds-who-is-here = قائمة الحاضرين، جاهزة للإرسال.
holds-who-is-away = من انقطع اتصاله، حتى يُرفع مقعده في حينه.
holds-last-request = آخر طلب لصفحة عبر اتصال يبقيه متصفحك مفتوحًا للطلب التالي، مع ما يقوله المتصفح عن نفسه.
holds-connection = اتصالك، مع رقم عشوائي له. لا عنوانك: فهو يُنظر إليه مرة واحدة عند الاتصال، ولا يُحتفظ به.
holds-network-class = رقم من بايتين صُنع من الشبكة التي يأتي منها اتصالك. تشترك فيه آلاف الشبكات، وبه تُحسب الحدود والحظر.
holds-work-asked = عندما يأتي كثيرون دفعة واحدة: المهمة الصغيرة التي أُعطيت لصفحتك.
holds-repeats = بصمات مموّهة لما قيل في الدقيقة الأخيرة، ومن أي مقعد، كي يُردّ سيل من الكلام نفسه. لا الكلمات.
holds-key-used = بصمة رابط يُستخدم مرة واحدة، إلى أن يدخل صاحبه.
holds-token-in-lobby = أثناء الانتظار: سر مقعدك، ليُعطى لك من جديد عند السماح بالدخول.
holds-rates = كم مرة طلب كل مقعد أو اتصال أو شبكة مموّهة شيئًا، حتى يُبطَّأ السيل.
holds-api-network-key = مفتاح صُنع عشوائيًا عند تشغيل الخادم، لتمويه شبكات من يقدّمون مفاتيح خاطئة.
holds-api-rates = كم مرة استُخدم مفتاح للبرامج، أو جاءت مفاتيح خاطئة من شبكة مموّهة، حتى لا يجرّب أحد الكثير منها.
holds-worker-name = أسماء عشوائية لعمليات الخادم نفسه.
holds-timetable = متى الاجتماعات القادمة.
holds-group = المجموعات: الاسم، وما اتُّفق عليه، وعنوان تقريبي مثل مدينة.
holds-format = صيغ صنعتها مجموعة لاجتماعاتها.
holds-meeting = الاجتماعات: العنوان، والمواعيد، وكيف تُعقد.
holds-change = اجتماعات أُلغيت أو نُقلت لمرة واحدة.
holds-key = بصمات روابط الإدارة والإشراف والدعوة. لا أصحابها.
holds-opening = متى فُتح كل اجتماع ومتى أُغلق. لا من حضره.
holds-database-version = إصدار بنية قاعدة البيانات.
holds-log-line = ما يفعله البرنامج: أحداث الشفرة مع أعداد ورموز ومواضع فيها. بلا نصوص ولا أسماء ولا عناوين.
holds-counts = كم اتصالًا وكم غرفة هناك، وكم مرة طُلب كل شيء: لا أقل من خمسة من أي شيء.
holds-process-counts = كم من عمليات الخادم نفسه تعمل.
holds-browser-key = سر الرابط الذي أتيت به، إن كان فيه سر.
holds-browser-seat = سر مقعدك، واسمك وصفتك هنا، ومتى كنت في مقعدك آخر مرة.
holds-browser-place = إلى أين وصلت قراءتك، حتى تجلب إعادة التحميل ما فاتك.
holds-browser-unsent = الكلمات التي لم تُرسل بعد.
holds-browser-comfort = حجم النص الذي اخترته، وهل طُلب صوت.
holds-browser-hidden = من اخترت ألّا ترى كلماتهم هنا.
holds-browser-out = أن الإشراف أنهى زيارتك، وحتى متى.

## الباب

door-open-until = مفتوح الآن، حتى { $time }
door-open = مفتوح الآن
door-adults = للبالغين. هذا ليس علاجًا ولا يقدّم مشورة طبية.
door-guidelines = ما نتفق عليه هنا
door-name = اسمك في هذا الاجتماع
door-name-hint = اسم مبتكر لك. يصلح غيره أيضًا، على ألّا يكون اسمك الحقيقي.
door-another = اسم آخر
door-role = كيف تفضّل الحضور هنا؟
door-member = المشاركة
door-member-hint = قراءة وكتابة وتفاعل
door-listener = الاستماع فقط
door-listener-hint = قراءة وتفاعل، بهدوء
door-go-in = الدخول
door-short = بلا حساب. لا يُحتفظ بشيء.
door-knock = طرق الباب
door-lobby = يُدخل الإشراف الناس واحدًا واحدًا. قد يستغرق ذلك لحظة.
door-going-in = جارٍ الدخول…
door-as-facilitator = معك رابط تيسير هذا الاجتماع. الدخول هنا بصفة التيسير.
door-as-moderator = معك رابط إشراف. الدخول هنا بصفة الإشراف.
door-with-hat = رابطك يعطيك مهمة في هذا الاجتماع: { $hat ->
    [greeter] الترحيب
    [timekeeper] ضبط الوقت
    [reader] القراءة
   *[mentor] الإرشاد
  }.
door-early = الوقت ما زال مبكرًا
door-early-opens = تُفتح الغرفة في { $time } بتوقيتك:
door-begins = يبدأ الاجتماع في { $time }.
door-wish = الدخول حين تُفتح
door-wished = سيكون دخولك باسم { $name } حالما تُفتح الغرفة.
door-wished-hint = يمكنك البقاء في هذه الصفحة؛ فالدخول يحدث من تلقاء نفسه.
door-wished-change = تغيير ذلك
door-held = لا أحد ممن يديرون هنا بعد. مكانك في غرفة الانتظار إلى أن يأتي أحدهم، ثم يحدث الدخول من تلقاء نفسه.
next-meeting = الاجتماع القادم: { $time } بتوقيتك.
when-elsewhere = بتوقيت { $place }: { $time }
calendar-add = إضافة إلى التقويم
calendar-discreet = بعنوان محايد
door-scheduled-at = يبدأ الاجتماع: { $time } بتوقيتك.
door-scheduled = لم يُفتح بعد
door-scheduled-text = هذه الصفحة تراقب عنك: تُظهر الباب حالما يُفتح الاجتماع.
door-open-now = فتح الغرفة الآن
door-closed = انتهى هذا الاجتماع
door-closed-text = لم يُحتفظ بشيء منه. أهلًا بك في الاجتماع القادم.
door-full = الغرفة ممتلئة
door-full-text = هذه الصفحة تواصل المراقبة وتُظهر الباب حالما يغادر أحد.
door-locked = الغرفة مغلقة أمام القادمين الجدد
door-locked-text = أقفلها الإشراف في الوقت الحالي. هذه الصفحة تواصل المراقبة وتُظهر الباب حين يُفتح.
door-frozen = الغرفة متوقفة للحظة
door-frozen-text = الإشراف يعالج أمرًا. هذه الصفحة تواصل المراقبة وتُظهر الباب حين تُستأنف.
door-seat-gone = أُخلي مقعدك أثناء غيابك. يمكنك الدخول من جديد.
door-restarted = أُعيد تشغيل الاجتماع. يُرجى الدخول من جديد.
door-name-perhaps-yours = ربما وصلت محاولتك الأولى من دون جواب، فيبقى هذا الاسم في الغرفة إلى أن يُترك من تلقاء نفسه. يُرجى اختيار اسم آخر الآن.
door-words-kept = ما لم يُرسل بعد موجود في مربع رسالتك.
door-contact = مُشغّل هذا الخادم: { $contact }
again-in-minutes = يمكنك المحاولة مرة أخرى بعد نحو { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
  }. يمكنك البقاء في هذه الصفحة.
again-in-seconds = يمكنك المحاولة مرة أخرى بعد { $seconds } ث.
again-now = يمكنك المحاولة مرة أخرى الآن.

## غرفة الانتظار

lobby-title = مكانك الآن عند الباب
lobby-text = الإشراف يقرر من يدخل. يمكنك البقاء في هذه الصفحة.
lobby-held = لا أحد ممن يديرون هنا في هذه اللحظة. حالما يأتي أحدهم يحدث دخولك من تلقاء نفسه. وإن لم يأت أحد تُغلق الغرفة في { $time }.
lobby-swept = هناك إزعاج، ولذلك أرسل الإشراف كل من دخل حديثًا إلى الباب. هذا لا يقول شيئًا عنك. يُرجى البقاء في هذه الصفحة: فمنها يمكن إدخالك من جديد.
lobby-name = اسمك هنا: { $name }
lobby-talk = كلمة مع من يديرون
lobby-talk-hint = كتب إليك أحد ممن يديرون. يمكنك الرد هنا؛ لا يقرأ ذلك إلا من يعتنون بالباب.
lobby-talk-host = أحد ممن يديرون
lobby-talk-field = ما تود قوله
denied-title = ليس هذه المرة
denied-text = لم يسمح لك الإشراف بالدخول الآن.
denied-knock = طرق الباب مرة أخرى

## النهايات

removed-title = أنهى الإشراف زيارتك
removed-word = كلمة من الإشراف
removed-banned = يمكنك طرق الباب مرة أخرى؛ وسيرى الإشراف أنه طُلب منك المغادرة.
removed-text = يمكنك طلب العودة. سيكون مكانك في غرفة الانتظار إلى أن يقرر الإشراف.
removed-knock = طلب العودة عبر غرفة الانتظار
closed-title = انتهى الاجتماع
closed-text = كل ما قيل هنا مُحي: على الخادم، وفي هذا اللسان.
closed-thanks = شكرًا على حضورك. البدء من جديد مرحّب به دائمًا.
left-title = تمت المغادرة
left-text = لم يبق شيء من الاجتماع في هذا اللسان. ما زال سجل متصفحك يُظهر أنك كنت في هذا الموقع.
left-again = الدخول مرة أخرى
replaced-title = مكانك في لسان آخر
replaced-text = مقعدك مفتوح في لسان آخر أو نافذة أخرى. لا يمكن أن يكون إلا في واحد منها.
replaced-take = استخدام هذا اللسان
broken-room = حدث خلل في هذه الصفحة
broken-room-text = مقعدك محفوظ لبضع دقائق، وكذلك ما كنت تكتبه. يُرجى إعادة تحميل الصفحة للعودة.
stumbled = شيء في هذه الصفحة لم يعمل. إن لم تستمر فيمكن إعادة تحميلها: مقعدك وكلماتك محفوظة.
broken-room-reload = إعادة تحميل الصفحة

## رأس الغرفة

time-left = { $minutes ->
    [0] تُغلق الآن
    [one] بقيت دقيقة واحدة
    [two] بقيت دقيقتان
    [few] بقيت { $minutes } دقائق
    [many] بقيت { $minutes } دقيقة
   *[other] بقيت { $minutes } دقيقة
  }
time-left-hours = بقي { $hours } س و{ $minutes } د
link-up = متصل
link-connecting = جارٍ الاتصال…
link-lost = انقطع الاتصال. يعود من تلقاء نفسه…
link-lost-detail = ما تكتبه محفوظ.
people-count = الحاضرون: { $count }
leave = مغادرة
leave-sure = مغادرة الاجتماع؟
leave-sure-text = يُمحى ما في هذا اللسان. يمكنك الدخول من جديد باسم جديد ما دام الاجتماع مفتوحًا.
leave-sure-line = يُغلق خط المساعدة الخاص بك عند المغادرة، ويُمحى ما في هذا اللسان.
stay = البقاء
tools = الأدوات
tools-waiting = الأدوات، ما ينتظرك: { $count }

held = لا أحد ممن يديرون هنا.
held-turns = الكتابة برفع اليد؛ واحدًا بعد آخر. القادمون الجدد ينتظرون عند الباب.
held-closes = تُغلق الغرفة في { $time } ما لم يأت أحد.
held-successor = يمكن أن يتولى الإدارة: { $name }
step-in = الإدارة إلى أن يعود أحد
step-in-text = طُلب منك أن تتولى الإدارة. عندها تصل إليك طلبات المساعدة.
stepped-in-toast = الإدارة لديك الآن، إلى أن يعود أحد.
extend = وقت أطول
extend-hint = تُغلق في { $time }.
extend-by = { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
  }
extend-do = تمديد

## عن الاجتماع

about = عن هذا الاجتماع
about-open = عن هذا الاجتماع، وحجم النص
comfort = حجم النص، ودقيقة هدوء
comfort-only-you = يتغير ذلك في هذه الصفحة وحدها، ومدة هذا الاجتماع فقط.
size = حجم النص
size-letter = أ
size-percent = { $percent } بالمئة
breathe = دقيقة هدوء
breathe-open = التنفس لمدة دقيقة
breathe-text = ليكن الزفير أطول من الشهيق. مع الدائرة، أو بعينين مغمضتين والعدّ إلى أربعة ثم إلى ستة. لا توجد طريقة خاطئة.
breathe-in = شهيق
breathe-hold = انتظار
breathe-out = زفير ببطء
breathe-rest = انتظار
breathe-more = إن أردت: الانتباه إلى قدميك على الأرض، وتسمية خمسة أشياء تراها. لا يفوتك شيء؛ الاجتماع ينتظر في هذه الصفحة.
breathe-enough = هذا يكفي

## ما يقال

log-label = ما يقال
log-start = ترى ما يقال من الآن فصاعدًا.
came-in = كان دخولك أثناء «{ $part }»، الجزء { $index } من { $parts }.
came-in-after = كان دخولك أثناء «{ $part }»، بعد انتهاء الساعة.
came-in-floor = الكلمة الآن: { $name }، { $count ->
    [0] ولا أحد ينتظر.
    [one] وبعدها شخص واحد.
    [two] وبعدها شخصان.
    [few] وبعدها { $count } أشخاص.
    [many] وبعدها { $count } شخصًا.
   *[other] وبعدها { $count } شخص.
  }
came-in-topic = الموضوع: { $topic }
log-back = أُعيد تحميل هذه الصفحة. هنا ما أمكن استرجاعه؛ أما الكلمات الأقدم فلا تُحفظ في أي مكان.
log-away = أثناء غيابك
log-gap = قيل هنا شيء لم يمكن استرجاعه.
log-moderator = لديك الآن صفة الإشراف.
log-not-moderator = لم تعد لديك صفة الإشراف.
log-listener = طلب منك الإشراف الاستماع في الوقت الحالي. أهلًا بك قارئًا.
log-member = يمكنك الكتابة هنا الآن.
log-link-used = استُخدم رابطك مرة ثانية قبل لحظة، ورُفض. إن لم يكن ذلك منك فيُرجى إخبار من ييسّر الاجتماع.
log-renamed = غيّر الإشراف اسمك إلى { $name }.
log-no-host = لا أحد من الإشراف هنا الآن.
log-host = الإشراف حاضر.
log-host-again = الإشراف حاضر من جديد.
log-taken-back = { $count ->
    [one] سُحبت رسالة واحدة
    [two] سُحبت رسالتان
    [few] سُحبت { $count } رسائل
    [many] سُحبت { $count } رسالة
   *[other] سُحبت { $count } رسالة
  }
log-hidden = { $count ->
    [one] رسالة واحدة من { $name }، مخفية عندك
    [two] رسالتان من { $name }، مخفيتان عندك
    [few] { $count } رسائل من { $name }، مخفية عندك
    [many] { $count } رسالة من { $name }، مخفية عندك
   *[other] { $count } رسالة من { $name }، مخفية عندك
  }
log-empty = لم يقل أحد شيئًا منذ دخولك. تكفي كلمة «مرحبًا» للبداية.
new-below = { $count ->
    [one] رسالة جديدة في الأسفل
    [two] رسالتان جديدتان في الأسفل
    [few] { $count } رسائل جديدة في الأسفل
    [many] { $count } رسالة جديدة في الأسفل
   *[other] { $count } رسالة جديدة في الأسفل
  }
to-end = إلى الأحدث
you = أنت
message-of = رسالة من { $name }
share-of = مشاركة { $name }
message-more = المزيد لرسالة { $name }
replying-to = ردًا على { $name }
taken-back = سُحبت.
warning-cover = تنبيه للمحتوى: { $warning }
warning-plain = تنبيه للمحتوى
warning-show = عرض
warning-hide = تغطية من جديد
veiled = مغطاة ما دامت الغرفة متوقفة.
veiled-show = عرض
status-pending = جارٍ الإرسال…
status-waiting = في انتظار الاتصال…
status-goes-in = تُرسل من تلقاء نفسها بعد { $seconds } ث
status-first = لدى من يديرون
status-failed = لم تُرسل.
retry = المحاولة مرة أخرى
retry-in = المحاولة مرة أخرى بعد { $seconds } ث
edit = تعديل
throw-away = تجاهل
react-with_you = معك
react-thank_you = شكرًا
react-me_too = وأنا أيضًا
react-hug = عناق
react-candle = شمعة
react-celebrate = احتفال
reaction-count = { $label }، { $count ->
    [one] شخص واحد (1)
    [two] شخصان (2)
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
  }
react-group = تفاعل
reply = رد
take-back = سحب
copy-words = نسخ الكلمات
report = إبلاغ الإشراف

## مربع الرسالة

box-label = رسالتك
box-placeholder = الكتابة هنا…
box-send = إرسال
box-keys = Enter للإرسال · Shift + Enter لسطر جديد
box-left = { $count ->
    [zero] لم يبق أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $count } أحرف
    [many] بقي { $count } حرفًا
   *[other] بقي { $count } حرف
  }
box-over = { $count ->
    [one] حرف واحد زائد
    [two] حرفان زائدان
    [few] { $count } أحرف زائدة
    [many] { $count } حرفًا زائدًا
   *[other] { $count } حرف زائد
  }
box-warning = إضافة تنبيه للمحتوى
box-warning-label = تبقى مغطاة حتى تُفتح. ما موضوعها؟ (يمكن تركه فارغًا)
box-warning-off = بلا تنبيه للمحتوى
box-reply-off = ليست ردًا
box-why-muted = الكتابة مكتومة لديك. يمكنك القراءة والتفاعل وطلب المساعدة.
box-why-muted-until = الكتابة مكتومة لديك حتى { $time }. يمكنك القراءة والتفاعل وطلب المساعدة.
box-why-frozen = الغرفة متوقفة.
box-why-listener = حضورك هنا للاستماع. يمكنك التفاعل وطلب المساعدة.
box-why-slow = الوضع البطيء: يمكنك الإرسال مرة أخرى بعد { $seconds } ث.
nudge-title = قد يدل هذا عليك.
nudge-text = لم يُرسل بعد. وقد ينسخه آخرون هنا.
nudge-email = بريد إلكتروني:
nudge-phone = رقم هاتف:
nudge-handle = اسم في خدمة أخرى:
nudge-address = عنوان:
nudge-name = اسم كامل:
nudge-change = تغييره
nudge-send = إرساله على أي حال
box-frozen-host = الغرفة متوقفة. الكتابة للإشراف فقط.

## الساعة والأدوار

rehearsal = تدريب، أسرع { $speed } مرة، مع أعضاء وهميين.
turns-label = أين نحن
turns-before = قبل البداية. الغرفة مفتوحة للتحية.
begin = بدء
part-of = الجزء { $part } من { $count }
part-after = بعد انتهاء الساعة
part-left = { $minutes ->
    [one] بقيت دقيقة
    [two] بقيت دقيقتان
    [few] بقيت { $minutes } دقائق
    [many] بقيت { $minutes } دقيقة
   *[other] بقيت { $minutes } دقيقة
  }
part-over-now = انتهى الوقت
part-over = { $minutes ->
    [one] تجاوز بدقيقة
    [two] تجاوز بدقيقتين
    [few] تجاوز بـ{ $minutes } دقائق
    [many] تجاوز بـ{ $minutes } دقيقة
   *[other] تجاوز بـ{ $minutes } دقيقة
  }
turn-open = الكتابة متاحة للجميع.
turn-silence = صمت، معًا.
turn-yours = حان دورك.
turn-yours-words = في عدة رسائل إن أردت.
turn-of = يشارك الآن: { $name }
turn-free = الكلمة متاحة.
turn-hosts = الكلمة لمن يديرون الاجتماع.
clock-label = الوقت المتبقي
somebody = شخص ما
next-up = التالي:
next-you = أنت
next-more = { $count ->
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } آخرون
    [many] و{ $count } آخرون
   *[other] و{ $count } آخرون
  }
next-nobody = لا أحد ينتظر.
hand-raise = رفع اليد
hand-lower = إنزال اليد
hand-up = يدك مرفوعة.
hand-place = يدك مرفوعة. { $before ->
    [0] الدور التالي لك.
    [one] قبلك شخص واحد.
    [two] قبلك شخصان.
    [few] قبلك { $before } أشخاص.
    [many] قبلك { $before } شخصًا.
   *[other] قبلك { $before } شخص.
  }
question-raise = طرح سؤال
question-place = يدك مرفوعة لسؤال. { $before ->
    [0] الدور التالي لك.
    [one] قبلك شخص واحد.
    [two] قبلك شخصان.
    [few] قبلك { $before } أشخاص.
    [many] قبلك { $before } شخصًا.
   *[other] قبلك { $before } شخص.
  }
question-by-hand = رفع اليد لطرحه
question-by-hand-text = السؤال لك أن تطرحه حين يُعطى لك الدور.
question-text = أو كتابته لمن يديرون الاجتماع. لا شيء يُظهر لهم من سأل؛ وقد يجيبون عنه أمام الجميع.
question-field = سؤالك
question-send = إرساله
question-heard = وصل سؤالك إلى من يديرون الاجتماع.
question-unheard = لا أحد ممن يديرون هنا في هذه اللحظة، فلم يره أحد. يُرجى السؤال مرة أخرى بعد بضع دقائق.
question-empty = يُرجى كتابة السؤال أولًا.
round-place = واحدًا بعد آخر. { $before ->
    [0] الدور التالي لك.
    [one] قبلك شخص واحد.
    [two] قبلك شخصان.
    [few] قبلك { $before } أشخاص.
    [many] قبلك { $before } شخصًا.
   *[other] قبلك { $before } شخص.
  }
done = انتهيت
pass = أمرّر دوري
replies-welcome = الردود القصيرة مرحّب بها
sign-soft = { $minutes ->
    [0] بقي نحو { $seconds } ثانية.
    [one] بقي نحو دقيقة.
    [two] بقي نحو دقيقتين.
    [few] بقي نحو { $minutes } دقائق.
    [many] بقي نحو { $minutes } دقيقة.
   *[other] بقي نحو { $minutes } دقيقة.
  }
sign-clear = انتهى وقتك؛ يمكنك إتمام فكرتك.
box-why-turn = يشارك الآن: { $name }.
box-why-hand = الكلام برفع اليد.
box-why-wait = سيأتي دورك.
box-why-silence = لحظة صمت.
box-why-others = الدور الآن لغيرك.
box-why-heard = سُمع الجميع. الجزء التالي قريبًا.
box-stays = ما كتبته يبقى في المربع.

topic = الموضوع:
topic-more = المزيد
topic-less = أقل
until-next = الاحتفاظ بكلماتك لنفسك: إضافتها إلى تقويمك
until-next-saved = حُفظت باسم ⁨reminder.ics⁩. عند فتح الملف يضيفه تقويمك.
until-next-title = تذكير

## المحطات

milestone-open = إعلان محطة
announce-title = إعلان محطة
announce-text = يمكن للجميع هنا أن يحتفلوا بها معك.
announce-later = يمكنك إعلانها حالما تُتاح لك الكتابة من جديد.
announce-say-first = هذا أول اجتماع لي
announce-say-again = أبدأ من جديد
announce-say-days = أيام
announce-say-months = أشهر
announce-say-years = سنوات
announce-count-days = كم يومًا؟
announce-count-months = كم شهرًا؟
announce-count-years = كم سنة؟
announce-do = إعلانها
announce-doing = جارٍ الإعلان…
milestone-of = محطة { $name }
milestone-first = أول اجتماع
milestone-again = البدء من جديد
milestone-days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
  }
milestone-months = { $count ->
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
  }
milestone-years = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
  }
milestone-warm-first = أهلًا بك. من الجميل أنك أتيت.
milestone-warm-again = أهلًا بعودتك. من الجميل أنك أتيت.
milestone-warm-time = من الجميل أنك هنا.
celebrate = احتفال
celebrated = احتفلت
celebrating = { $count ->
    [one] شخص واحد يحتفل
    [two] شخصان يحتفلان
    [few] { $count } أشخاص يحتفلون
    [many] { $count } شخصًا يحتفلون
   *[other] { $count } شخص يحتفلون
  }

## أسئلة للجميع

poll-told = سؤال للجميع: { $question }
poll-told-result = عُدّت الإجابات: { $question }
poll-agree = هل نوافق على ما اتُّفق عليه؟
poll-agree-yes = أوافق
poll-agree-no = ليس بعد
poll-read-guidelines = قراءة ما اتُّفق عليه
poll-hands-yes = نعم
poll-hands-no = لا
poll-scale = كيف حالك الآن؟
scale-hard = الوضع صعب
scale-well = بخير
scale-low = منخفض
scale-high = مرتفع
poll-totals = لا تُعرض إلا المجاميع، وابتداءً من خمس إجابات فقط. لا يمكن تغيير الإجابة.
poll-sending = جارٍ إرسال إجابتك…
poll-counted = حُسبت.
poll-voted = { $count ->
    [0] لم يُجب أحد بعد.
    [one] أجاب شخص واحد.
    [two] أجاب شخصان.
    [few] أجاب { $count } أشخاص.
    [many] أجاب { $count } شخصًا.
   *[other] أجاب { $count } شخص.
  }
poll-few = أجاب أقل من خمسة، لذلك لا يُعرض شيء.
poll-nearly-all = الجميع تقريبًا:
poll-hide = إخفاء عندي
ask-all = سؤال الجميع
ask-agree = سؤال: هل نوافق على ما اتُّفق عليه؟
ask-kind = من أي نوع؟
ask-kind-hands = رفع الأيدي: نعم أو لا
ask-kind-choice = اختيار واحد من عدة
ask-kind-scale = مقياس من 1 إلى 5
ask-question = السؤال
ask-question-scale = السؤال (إن تُرك فارغًا: «كيف حالك الآن؟»)
ask-options = الإجابات
ask-option = الإجابة { $number }
ask-option-more = إجابة أخرى
ask = طرح السؤال
poll-close = العدّ والعرض
poll-clear = إزالة

## سير الاجتماع

run-sheet = سير الاجتماع
begin-with = بدء: { $title }
next-part = التالي: { $title }
next-all-the-same = ما زال { $name } يشارك. هل ننتقل إلى { $title } مع ذلك؟
next-go-on = ننتقل
next-wait = ننتظر
last-part = هذا هو الجزء الأخير.
back-part = رجوع
part-more = +5 دقائق لهذا الجزء
signs = إشارة إلى من يشارك
sign-give-soft = إشارة: بقيت دقيقة
sign-give-clear = إشارة: انتهى الوقت
sign-given = لا يرى هذه الإشارة إلا من يشارك. ولا تُقطع كلماته.
share-more = +1 دقيقة
take-floor = استعادة الكلمة
give-floor = إعطاء الكلمة
hands-title = الأيدي
hands-round = من بقي دورهم
has-question = سؤال
call = إعطاء الدور
call-name = إعطاء الدور إلى { $name }
call-anyone = إعطاء الدور لشخص آخر
take-it = أخذ الكلمة
hand-first = إلى الأول
hand-first-name = { $name } إلى الأول
hand-last = إلى الأخير
hand-last-name = { $name } إلى الأخير
hand-down = إنزال
hand-down-name = إنزال يد { $name }
hand-was-put-down = أُنزلت اليد.
script = للقراءة بصوت عالٍ
script-copy = نسخ إلى مربع الرسالة
script-copied = صار في مربع رسالتك.
script-in-silence = لا أحد يكتب في هذا الجزء. يمكنك قراءته في الجزء التالي.
script-missing = ما يُقرأ هنا غير متاح الآن.
topic-now = الموضوع
topic-off = إزالته
topic-choose = اختيار موضوع
topic-other = اختيار موضوع آخر
topic-own = بكلماتك أنت
topic-set = جعله الموضوع
topics-missing = المواضيع المتاحة للاختيار غير متوفرة الآن.
all-parts = كل الأجزاء
part-minutes = { $minutes } د، { $mode ->
    [queue] برفع الأيدي
    [round] في جولة
    [speaker] يتكلم من يدير
    [silence] صمت
   *[open] يكتب الجميع
  }
go-there = الانتقال إليه
go-to-part = الانتقال إلى { $title }

## المساعدة والبلاغات

help = أحتاج إلى مساعدة
help-title = أحتاج إلى مساعدة
help-danger = لا نستطيع أن نرى مكانك. إن كنت في خطر، أو كان شخص قريب منك في خطر، فيُرجى الاتصال برقم الطوارئ المحلي.
help-call-title = التحدث مع الإشراف على انفراد
help-text = لا يراه إلا الإشراف على هذا الاجتماع، ولا تراه الغرفة أبدًا.
help-field = ما الذي قد يساعد؟ (يمكن تركه فارغًا)
help-send = طلب المساعدة
help-contact = يمكنك الوصول إلى مُشغّل هذا الخادم: { $contact }
line-title = خطك الخاص
line-waiting = في الانتظار. { $count ->
    [one] أُخبر شخص واحد من الإشراف.
    [two] أُخبر شخصان من الإشراف.
    [few] أُخبر { $count } أشخاص من الإشراف.
    [many] أُخبر { $count } شخصًا من الإشراف.
   *[other] أُخبر { $count } شخص من الإشراف.
  } من الأفضل البقاء هنا إن أمكن.
line-waiting-some = في انتظار الإشراف.
line-nobody = لا أحد من الإشراف هنا في هذه اللحظة، فلم ير أحد هذا بعد. من يأتي سيرى أنك طلبت المساعدة. رجاءً لا داعي لانتظار ذلك: الأرقام في الأسفل توصلك بأحد الآن.
line-taken = هناك من هو معك.
line-closed = هذا الخط الخاص مغلق. يمكنك طلب المساعدة من جديد في أي وقت.
line-closed-toast = أُغلق خطك الخاص. يمكنك طلب المساعدة من جديد في أي وقت.
line-taken-toast = الإشراف معك الآن. القراءة والكتابة عند «أحتاج إلى مساعدة».
line-again-toast = اضطر من كان معك إلى الذهاب. أُبلغ المشرفون الآخرون، ويبقى «أحتاج إلى مساعدة» مفتوحًا لك.
line-message-toast = كتب لك الإشراف. القراءة عند «أحتاج إلى مساعدة».
line-log = ما يقال في الخط الخاص
line-field = الكتابة في الخط الخاص
line-send = إرسال
line-close = إغلاق الخط
line-you = أنت
line-nothing = لم يُكتب شيء بعد.
line-not-kept = ما كُتب قبل مجيئك، أو قبل إعادة تحميل الصفحة، غير محفوظ.
line-with = خط خاص مع { $name }
line-state-waiting = في الانتظار: لم يتولّه أحد
line-state-mine = هذا الطلب معك
line-state-taken = هذا الطلب مع { $name }
line-gone = الخط مغلق.
resource = للاحتفاظ به
helplines-title = خطوط المساعدة
helplines-not-ours = هذه الخدمات ليست جزءًا من هذا الموقع. الأرقام تتغير: إن لم يُجب أحد فيُرجى الاتصال برقم الطوارئ المحلي.
helplines-country = البلد
helplines-choose = اختيار بلد
helplines-local = يُرجى الاتصال برقم الطوارئ المحلي.
helplines-missing = البلد غير المدرج هو بلد لم نستطع التحقق من أرقامه. هناك يُرجى الاتصال برقم الطوارئ المحلي.
helplines-all = كل خطوط المساعدة في صفحة واحدة
helplines-later = لم يمكن تحميل خطوط المساعدة. يُرجى الاتصال برقم الطوارئ المحلي، أو فتح الصفحة ⁦/help⁩.
helpline-emergency = طوارئ
helpline-crisis = أزمات
helpline-addiction = الكحول والمخدرات
helpline-call = اتصال
helpline-text = رسالة نصية
helpline-chat = دردشة
helpline-old = شوهد آخر مرة قبل أكثر من سنة: ربما تغيّر.
help-page-title = مساعدة الآن
card-overdose = جرعة زائدة
card-withdrawal = التوقف المفاجئ
card-suicide = أفكار انتحارية
card-moderator = لك، ومعك هذا الطلب
hosts-channel = بين من يديرون
hosts-hint = لا يقرأ هذا إلا الإشراف.
hosts-field = الكتابة إلى بقية من يديرون
hosts-send = إخبارهم
hosts-nothing = لم يُكتب شيء هنا بعد.
report-title = الإبلاغ عن هذه الرسالة
report-text = لا يرى البلاغ إلا الإشراف، والرسالة مرفقة به. ولن يراه { $name } أبدًا.
report-reason = ما الخطأ فيها؟ (يمكن تركه فارغًا)
report-send = إبلاغ
report-heard = البلاغ لدى الإشراف. شكرًا على عنايتك بهذه الغرفة.
report-unheard = لا أحد آخر من الإشراف هنا في هذه اللحظة، فلم ير أحد البلاغ بعد. من يأتي سيرى أنك أبلغت.

## من هنا

people-title = من هنا
people-more = { $count ->
    [one] وشخص آخر
    [two] وشخصان آخران
    [few] و{ $count } أشخاص آخرين
    [many] و{ $count } شخصًا آخر
   *[other] و{ $count } شخص آخر
  }
role-facilitator = تيسير
role-moderator = إشراف
role-member = عضو
role-listener = استماع
hats = إعطاء مهمة…
hats-title = مهام { $name }
hat-greeter = ترحيب
hat-greeter-hint = رؤية من ينتظر عند الباب، وإدخاله
hat-timekeeper = ضبط الوقت
hat-timekeeper-hint = إعطاء وقت أطول لجزء أو لمشاركة
hat-reader = قراءة
hat-reader-hint = رؤية ما يُقرأ بصوت عالٍ، والكتابة حيث يتكلم من يدير
hat-mentor = إرشاد
hat-mentor-hint = يُذكر كشخص يمكن اللجوء إليه
hat-successor = خلافة
hat-successor-hint = إمكانية الإدارة حين لا يكون أحد ممن يديرون هنا
is-away = غائب
is-muted = مكتوم
is-hidden = مخفي عندك
hide = إخفاء رسائله عندي
hidden-show = إظهار من جديد
hidden-off = إظهار رسائله من جديد
hidden-show-name = إظهار من جديد: رسائل { $name }
hidden-toast = لن ترى بعد الآن ما يكتبه { $name }. لا أحد غيرك يعرف ذلك.
word-warning = كلمة من الإشراف
word-listener = طلب منك الإشراف الاستماع في الوقت الحالي
word-first = لم تُرسل رسالتك الأولى إلى الغرفة
first-sent-back = قرأها من يديرون، ولم تمر هذه المرة. كلماتك عادت إلى خانة الرسالة: يمكن تغييرها، أو كتابة شيء آخر.
word-private = لا يرى هذا أحد غيرك.
word-read = قرأتها
person-more = المزيد عن { $name }

## أدوات الإشراف

freeze = إيقاف مؤقت
freeze-hint = يوقف كل كتابة ودخول، ويغطي الدقيقة الأخيرة
raid = إذا تعرّض الاجتماع للإزعاج
sweep = إرسال القادمين الجدد إلى غرفة الانتظار
sweep-hint = من دخل حديثًا ينتظر عند الباب إلى أن تُدخله. ومن كان هنا من قبل يبقى.
sweep-minutes = { $count ->
    [zero] من الآن
    [one] من الدقيقة الأخيرة
    [two] من الدقيقتين الأخيرتين
    [few] من آخر { $count } دقائق
    [many] من آخر { $count } دقيقة
   *[other] من آخر { $count } دقيقة
  }
sweep-do = إرسال
sweep-retract = سحب كل ما قالوه
sweep-undo = { $count ->
    [zero] لا أحد لإدخاله من جديد
    [one] إدخال الشخص من جديد
    [two] إدخال الشخصين من جديد
    [few] إدخال { $count } أشخاص من جديد
    [many] إدخال { $count } شخصًا من جديد
   *[other] إدخال { $count } شخص من جديد
  }
swept-toast = { $count ->
    [zero] لم يُرسل أحد
    [one] أُرسل شخص واحد
    [two] أُرسل شخصان
    [few] أُرسل { $count } أشخاص
    [many] أُرسل { $count } شخصًا
   *[other] أُرسل { $count } شخص
  } إلى غرفة الانتظار، حيث ينتظر القادمون الجدد من الآن.
swept-retracted = { $count ->
    [zero] لم تُسحب أي رسالة.
    [one] سُحبت رسالة واحدة.
    [two] سُحبت رسالتان.
    [few] سُحبت { $count } رسائل.
    [many] سُحبت { $count } رسالة.
   *[other] سُحبت { $count } رسالة.
  }
swept-undone = عادوا إلى الغرفة.
swept-nobody = لم يدخل أحد { $minutes ->
    [zero] الآن.
    [one] في الدقيقة الأخيرة.
    [two] في الدقيقتين الأخيرتين.
    [few] في آخر { $minutes } دقائق.
    [many] في آخر { $minutes } دقيقة.
   *[other] في آخر { $minutes } دقيقة.
  }
unfreeze = استئناف
needs-you = ينتظرك
needs-nobody = لا شيء ينتظرك.
at-the-door = عند الباب
marked = تشبه شبكته شبكة شخص حُظر هنا
admit = إدخال
deny = ليس الآن
denied-one = لا دخول الآن.
admit-held = القادمون الجدد ينتظرون إلى أن يأتي أحد ممن يديرون.
admit-moderators = القرار في هذا الشخص للإشراف.
admit-all = إدخال الجميع
admit-unmarked = إدخال الجميع ما عدا من عليهم علامة
first-messages = الرسائل الأولى إليك أولًا
first-messages-hint = القادم الجديد يسلّم عليك أولًا، ثم تمر رسالته بإذنك
first-waits = هناك رسائل أولى تنتظرك.
first-look = قراءتها
first-of = رسالة أولى من { $name }
first-let-through = السماح بمرورها
first-not-this = ليس هذه
first-through-toast = مرّت الرسالة. ومن الآن يكتب مثل الجميع.
first-back-toast = أُخبر بلطف، ويمكنه الكتابة من جديد.
lobby-talk-to = الكتابة
lobby-talk-to-name = الكتابة إلى { $name }
lobby-talk-begun = كتب إليه أحد من قبل.
deny-all = ردّ الجميع في الوقت الحالي
denied-all = { $count ->
    [zero] لم يُردّ أحد.
    [one] لا دخول لشخص واحد.
    [two] لا دخول لشخصين.
    [few] لا دخول لـ { $count } أشخاص.
    [many] لا دخول لـ { $count } شخصًا.
   *[other] لا دخول لـ { $count } شخص.
  }
admitted-toast = { $name } في الغرفة الآن.
admitted-all-toast = { $count ->
    [zero] لم يدخل أحد.
    [one] دخل شخص واحد.
    [two] دخل شخصان.
    [few] دخل { $count } أشخاص.
    [many] دخل { $count } شخصًا.
   *[other] دخل { $count } شخص.
  }
sent-back = عادوا إلى غرفة الانتظار.
sent-back-toast = { $name } في غرفة الانتظار من جديد.
sent-back-gone = لم يعودوا هنا.
came-back-toast = { $name } في الغرفة من جديد.
call-help = طلب مساعدة من { $name }
call-help-lobby = طلب مساعدة من { $name }، في غرفة الانتظار
call-waits-again = عاد { $name } إلى انتظار المساعدة: لا أحد معه الآن.
caller-gone = طلب مساعدة من { $name }، ثم مغادرة الاجتماع.
caller-gone-alone = لم يكن أحد قد أجاب بعد.
caller-gone-answered = كان هناك من أجاب.
line-caller-gone = غادر صاحب الطلب الاجتماع، وأُغلق الخط معه.
call-take = مرافقته
call-open = فتح الخط
call-taken-by-you = الطلب معك
call-taken-by = مع { $name }
call-not-taken = لم يتولّه أحد
give-back = إعادته ليتولّاه غيري
call-report = أُبلغ عن { $name }
call-report-somebody = أُبلغ عن رسالة
call-words-gone = لم تعد كلماتها محفوظة. يمكن لمن أبلغ عنها أن يخبرك.
report-take = سأنظر فيه
report-acted = تم، واتُّخذ إجراء
report-no-action = تُرك كما هو
report-was-closed = أُغلق البلاغ.
report-closed-toast = أُخبر من أبلغ.
call-question = سؤال، بلا اسم
call-reason = السبب:
call-done = تم
call-was-done = انتهى السؤال.
the-room = الغرفة
lock = قفل الباب
lock-hint = لا يدخل أحد جديد
lobby = غرفة الانتظار
lobby-hint = القادمون الجدد ينتظرون إلى أن تُدخلهم
lobby-by-itself = فُعّلت من تلقاء نفسها، إذ جاء كثيرون دفعة واحدة. تُعطّل حين يهدأ الأمر، أو حين تطلب ذلك
wave = جاء كثيرون دفعة واحدة.
wave-text = من في الداخل يتابعون، والقادمون الجدد ينتظرون في غرفة الانتظار إلى أن يهدأ الأمر. { $count ->
    [0] لا أحد ينتظر.
    [zero] لا أحد ينتظر.
    [one] ينتظر شخص واحد.
    [two] ينتظر شخصان.
    [few] ينتظر { $count } أشخاص.
    [many] ينتظر { $count } شخصًا.
   *[other] ينتظر { $count } شخص.
  }
wave-undo = كل شيء بخير: ليدخلوا
wave-sweep = هذا هجوم: إخراج القادمين الجدد
slow = الوضع البطيء
slow-hint = فاصل بين رسالتين من شخص واحد
slow-off = معطّل
slow-seconds = { $seconds ->
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $seconds } ثوانٍ
    [many] { $seconds } ثانية
   *[other] { $seconds } ثانية
  }
slow-minutes = { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
  }
members-link = رابط للأعضاء
members-link-hint = هذا هو الرابط للمشاركة. أما رابطك أنت فيعطي حامله صفة التيسير.
copy = نسخ
copied = نُسخ.
close-meeting = إغلاق الاجتماع
close-sure = إغلاق الاجتماع للجميع؟
close-sure-text = يرى الجميع صفحة الختام، ويُمحى كل ما قيل. لا يمكن التراجع عن ذلك.
close-call-waits = طلب { $name } المساعدة، ولم يرد أحد بعد.
close-call-with = طلب { $name } المساعدة، وهناك من هو معه.
warn = كتابة كلمة خاصة…
warn-title = كلمة خاصة إلى { $name }
warn-text = لا يراها أحد غيره. لا شيء يُظهر من كتبها.
warn-field = ما تود أن يعرفه
warn-yes = إرسال
warned-toast = وصلت كلمتك إلى { $name }.
to-listener = طلب الاستماع في الوقت الحالي…
to-listener-title = طلب الاستماع من { $name } في الوقت الحالي؟
to-listener-text = يبقى في الغرفة: يقرأ ويتفاعل ويمكنه طلب المساعدة، ولا يكتب. لا شيء يُظهر من طلب ذلك.
to-listener-field = كلمة خاصة إليه (يمكن تركها فارغة)
to-listener-word = أهلًا بك قارئًا.
to-listener-yes = النقل إلى الاستماع
to-listener-toast = صار { $name } في وضع الاستماع.
to-member = السماح بالكتابة
to-member-toast = يستطيع { $name } الكتابة الآن.
to-lobby = إعادة إلى غرفة الانتظار
mute-ten = كتم لعشر دقائق
unmute = إلغاء الكتم
retract-any = سحب لدى الجميع
rename = إعطاء اسم آخر
rename-title = اسم آخر بدل { $name }
rename-field = الاسم الجديد
rename-save = تغيير الاسم
make-moderator = إعطاء صفة الإشراف
make-member = نزع صفة الإشراف
remove = إخراج…
remove-with = إخراج، مع كل رسائله…
ban-now = حظر الآن، مع سحب كل ما قاله
ban = حظر…
ban-title = حظر { $name }؟
ban-text = يرى شاشة ختام فيها كلمتك. إن عاد ينتظر في غرفة الانتظار، وترى علامة بجانبه.
ban-yes = حظر
remove-title = إخراج { $name }؟
remove-text = يرى شاشة ختام فيها كلمتك، ويمكنه طلب العودة عبر غرفة الانتظار.
remove-retract = سحب كل رسائله
remove-retract-hint = رسائل الدقائق الأخيرة، لدى الجميع
remove-ban-check = حظر في هذا الاجتماع
remove-ban-hint = ينتظر في غرفة الانتظار وعليه علامة، إن عاد
remove-reason = كلمة خاصة إليه (يمكن تركها فارغة)
remove-yes = إخراج
removed-toast = أُخرج { $name }.
removed-toast-with = أُخرج { $name }؛ { $count ->
    [one] وسُحبت رسالة واحدة
    [two] وسُحبت رسالتان
    [few] وسُحبت { $count } رسائل
    [many] وسُحبت { $count } رسالة
   *[other] وسُحبت { $count } رسالة
  }.
muted-toast = كُتم { $name } لعشر دقائق.
unmuted-toast = يستطيع { $name } الكتابة من جديد.
appointed-moderator = صار { $name } من الإشراف.
appointed-member = لم يعد { $name } من الإشراف.
floor-given = الكلمة الآن: { $name }.
hands-wait = يد مرفوعة: { $name }{ $count ->
    [0] { "." }
    [zero] { "." }
    [one] { "، وشخص آخر." }
    [two] { "، وشخصان آخران." }
    [few] ، و{ $count } أشخاص آخرين.
    [many] ، و{ $count } شخصًا آخر.
   *[other] ، و{ $count } شخص آخر.
  }
for-hosts = لك
freeze-key = Alt + Shift + F (في متصفح Tor: ‏Ctrl + Shift + F) يوقف الغرفة مؤقتًا من أي مكان. وفي قائمة ما يقال تفتح الأسهم وEnter ما يمكن فعله برسالة.
sound = صوت هادئ
sound-hint = عندما يطلب أحد مساعدة أو يبلّغ أو يسأل أو يطرق الباب. هنا فقط.
doings = ما فعلته هنا ({ $count })
doings-hint = في هذه الصفحة فقط. يذكر ما فعلته ومع من، ولا يذكر أبدًا ما قيل، ويذهب مع الاجتماع.
did-mute = كتم { $name } لعشر دقائق
did-unmute = إلغاء كتم { $name }
did-to_listener = نقل { $name } إلى الاستماع
did-to_member = السماح بالكتابة: { $name }
did-appoint-moderator = إضافة { $name } إلى الإشراف
did-appoint-member = إعفاء { $name } من الإشراف
did-freeze-on = إيقاف الغرفة مؤقتًا
did-freeze-off = استئناف الغرفة
did-lock-on = قفل الباب
did-lock-off = فتح الباب من جديد
did-lobby-on = تشغيل غرفة الانتظار
did-lobby-off = إيقاف غرفة الانتظار
did-admit-one = إدخال { $name }
did-admit-all = إدخال كل من انتظر
did-admit-swept = إعادة من أُرسلوا إلى غرفة الانتظار
did-deny-one = عدم إدخال { $name }
did-deny-all = عدم إدخال من انتظروا
did-sweep-newcomers = إرسال القادمين الجدد إلى غرفة الانتظار
did-sweep-one = إعادة { $name } إلى غرفة الانتظار
did-sweep-some = إعادة من أُدخلوا إلى غرفة الانتظار
did-first_messages-on = تشغيل قراءة الرسائل الأولى أولًا
did-first_messages-off = إيقاف قراءة الرسائل الأولى أولًا
did-first_answer-through = السماح بمرور الرسالة الأولى من { $name }
did-first_answer-back = إعادة الرسالة الأولى إلى { $name }
did-sign = إشارة باليد
did-slow = تغيير الوضع البطيء
did-extend = إطالة الاجتماع
did-help_take-taken = تلبية طلب مساعدة
did-help_take-back = إعادة طلب مساعدة ليتولّاه آخرون
did-help_close = إغلاق طلب مساعدة
did-report_take-taken = النظر في بلاغ
did-report_take-back = إعادة بلاغ ليتولّاه آخرون
did-report_close = إغلاق بلاغ
did-retract = سحب رسالة عن الجميع
did-rename = اسم آخر بدل { $name }
did-warn = كلمة خاصة إلى { $name }
did-remove-only = إخراج { $name }
did-remove-ban = حظر { $name }
retracted-toast = سُحبت لدى الجميع.
renamed-toast = تغيّر الاسم.
undo = تراجع

## الأعطال

error-offline = الاتصال مقطوع. يعود من تلقاء نفسه؛ وعندها يُرجى المحاولة مرة أخرى.
error-no-answer = لم تصل إجابة. يُرجى المحاولة مرة أخرى.

## ما يقوله الخادم بالإنجليزية (chatserver/wire/codes.py و call_views.py)

refused-bad_payload = هذه الصفحة والخادم لا يتفاهمان. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.
refused-unknown_event = لا يعرف الخادم هذا الطلب. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.
refused-unknown_room = لا توجد غرفة في هذا العنوان. يُرجى التحقق من الرابط، أو سؤال من أعطاك إياه.
refused-not_open = لم تُفتح هذه الغرفة بعد. تُفتح حين يبدأ اجتماعها.
refused-closed = انتهى هذا الاجتماع، ولم يُحتفظ بشيء منه. أهلًا بك في الاجتماع القادم.
refused-full = الغرفة ممتلئة. يُرجى المحاولة بعد قليل.
refused-locked = الغرفة مقفلة في الوقت الحالي، حتى يتكلم من فيها بهدوء. يُرجى المحاولة لاحقًا.
refused-frozen = أوقف الإشراف الغرفة للحظة. كلماتك تبقى هنا؛ يُرجى المحاولة بعد قليل.
refused-knock_later = لا تستقبل غرفة الانتظار طلبات جديدة من شبكتك لبعض الوقت. قد لا يكون لذلك علاقة بك؛ يُرجى المحاولة لاحقًا.
refused-invite_needed = هذه المجموعة تجتمع بالدعوة. يُرجى فتح الرابط الذي أُعطي لك كاملًا.
refused-key_needed = للإدارة أو الإشراف هنا يلزم الرابط الذي صُنع لذلك.
refused-bad_key = هذا الرابط لا يعمل هنا. يمكنك طلب رابط جديد، أو الدخول من دونه.
refused-key_used = استُخدم هذا الرابط من قبل. يمكنك طلب رابط جديد، أو الدخول من دونه.
refused-link_in_use = هذا الرابط يستخدمه شخص حاضر هنا. يمكنك طلب رابط خاص بك، أو الدخول من دونه.
refused-seat_gone = لم يعد مكانك في الغرفة محجوزًا. يمكنك الدخول من جديد.
refused-removed = أنهى الإشراف زيارتك. يمكنك طلب العودة عبر غرفة الانتظار.
refused-not_joined = لا غرفة لك الآن. يُرجى الدخول أولًا.
refused-already_joined = أنت في غرفة بهذا الاتصال. يُرجى مغادرتها أولًا.
refused-waiting = مكانك في غرفة الانتظار إلى أن يُدخلك الإشراف. يمكنك طلب المساعدة في هذه الأثناء.
refused-listening = حضورك هنا للاستماع: يمكنك القراءة والتفاعل. للكتابة يُرجى الدخول من جديد للمشاركة.
refused-muted = كتم الإشراف الكتابة لديك في الوقت الحالي. ما زال بإمكانك القراءة، وطلب المساعدة على انفراد.
refused-slow = الغرفة في الوضع البطيء. كلماتك تبقى هنا؛ ويمكن إرسالها حين ينتهي العد التنازلي.
refused-not_your_turn = الدور الآن لشخص آخر. كلماتك تبقى هنا؛ وبرفع اليد يأتي دورك.
refused-silence = الغرفة صامتة معًا للحظة. كلماتك تبقى هنا إلى أن تنتهي.
refused-no_turns = لا أدوار في هذا الجزء من الاجتماع، فلا كلمة تُعطى.
refused-no_such_segment = لا يوجد هذا الجزء في الجدول. يُرجى اختيار غيره.
refused-cannot_speak = لا يستطيع هذا الشخص الكلام الآن: غائب أو مكتوم أو هنا للاستماع. يُرجى إعطاء الدور لغيره.
refused-poll_running = ما زال هناك سؤال مفتوح. يُرجى عدّ إجاباته أولًا؛ ثم طرح التالي.
refused-no_such_poll = لم يعد هذا السؤال مفتوحًا.
refused-voted = حُسبت إجابتك. لا يمكن تغييرها، لأنه لا أحد يحتفظ بصاحبها.
refused-too_fast = كان ذلك سريعًا بعض الشيء. كلماتك تبقى هنا؛ يُرجى المحاولة بعد لحظة.
refused-first_message = هنا يقرأ من يديرون الرسائل الأولى أولًا. رسالتك لديهم، وتخرج حالما يسمحون بمرورها.
refused-repeated = قيل هذا قبل لحظة، فهو لدى الجميع. يمكن قوله بكلمات أخرى، أو تركه الآن.
refused-work_needed = يأتي كثيرون دفعة واحدة. صفحتك تُثبت أنها ليست آلة، ويستغرق ذلك لحظة. يُرجى المحاولة من جديد.
refused-empty = لا شيء يُرى في هذا النص. يُرجى كتابة شيء أولًا.
refused-too_long = هذا النص طويل جدًا. يُرجى اختصاره، أو إرساله في جزأين.
refused-wall = هذا يملأ الصفحة لدى الجميع. كلماتك تبقى هنا؛ يُرجى تقصيرها ثم إرسالها من جديد.
refused-bad_text = في هذا النص حرف معطوب. يُرجى حذفه والإرسال من جديد.
refused-bad_name = لا يمكن عرض هذا الاسم. يُرجى اختيار غيره، حتى 32 حرفًا.
refused-name_taken = يوجد هنا من له هذا الاسم، أو اسم يشبهه. يُرجى اختيار غيره.
refused-name_reserved = هذا الاسم محجوز لمن يديرون الاجتماع. يُرجى اختيار غيره.
refused-not_allowed = صفتك في هذه الغرفة لا تسمح بذلك.
refused-no_such_seat = لم يعد هذا الشخص هنا.
refused-no_such_message = لم تعد هذه الرسالة هنا.
refused-not_yours = لا يسحب الرسالة إلا كاتبها أو الإشراف.
refused-bad_proof = هذه الكلمات ليست الكلمات التي أُرسلت، فلا يمكن الإبلاغ عنها. يُرجى الإبلاغ عن الرسالة نفسها.
refused-no_such_call = هذا الخط الخاص مغلق. بطلب المساعدة من جديد يُفتح خط آخر.
refused-no_such_report = سبق التعامل مع هذا البلاغ.
refused-taken = تولّى هذا شخص آخر من الإشراف. ما زال بإمكانك القراءة والكتابة هنا.
refused-next_meeting = عندها يبدأ الاجتماع التالي في هذه الغرفة، فلا يمكن أن يطول هذا أكثر.
refused-led = يوجد هنا من يدير، فلا حاجة إلى تولّي الإدارة.
refused-held = لا أحد ممن يديرون هنا، لذلك ينتظر القادمون الجدد عند الباب إلى أن يأتي أحد.
refused-unavailable = لا يستطيع الخادم فعل هذا الآن. كلماتك تبقى هنا؛ يُرجى المحاولة بعد لحظة.
refused-denied = لم يستطع الإشراف إدخالك الآن. هذا لا يقول شيئًا عنك. أهلًا بك في اجتماع آخر.
outcome-acted = شكرًا لك. نظر الإشراف فيما أبلغت عنه، واتخذ إجراءً.
outcome-no_action = شكرًا لك. نظر الإشراف فيما أبلغت عنه، وتركه كما هو. يمكنك إخفاء هذا الشخص عندك، أو طلب المساعدة على انفراد.
