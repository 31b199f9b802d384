# Todas las frases de la página y de las páginas del servidor. Fluent aísla los nombres de personas y salas.
# Tú, español neutro de América Latina, y sin marcar el género de quien lee. docs/translating.md explica cómo traducir.

## Este idioma

language = Español
direction = ltr
crisis-in = en
crisis-note = Estas fichas están en inglés hasta que las revise una persona que hable español.

## En todas partes

app = Reuniones
meeting = Reunión
quick-exit = Salir rápido
quick-exit-hint = Sale de este sitio al instante. También si pulsas Mayús (en el Navegador Tor: Escape) tres veces. No puede borrar el historial de tu navegador.
quick-exit-note = «Salir rápido» sale de este sitio al instante. También si pulsas Mayús (en el Navegador Tor: Escape) tres veces. No puede borrar el historial de tu navegador.
skip = Ir a lo que se dice
keep-sentence = No se guardan cuentas, mensajes ni direcciones. Mientras dura una reunión, este servidor puede leer lo que se dice, tu dirección de red llega a su puerta de entrada a menos que uses Tor, y otras personas de la sala pueden copiar lo que escribes.
keep-link = Qué guardamos
needs-script = Una reunión es en vivo y necesita JavaScript. El navegador Tor lo ejecuta en los niveles «Estándar» y «Más seguro». Las demás páginas funcionan sin él.
slow-start = ¿Todavía no aparece nada? Vuelve a cargar la página o prueba con un navegador más reciente.
close = Cerrar
cancel = Cancelar
back = Atrás
more = Más
on-its-way = Un momento
on-its-way-text = Esta parte todavía está en camino. Se abre aquí en cuanto tu conexión lo permita. “Necesito ayuda” funciona mientras tanto.
late = Una parte de esta página no llega. Cárgala de nuevo: tu lugar y tus palabras se guardan.
languages = Idioma
meeting-language = En { $language }

## Páginas públicas

home-title = Reuniones
home-lead = Reuniones de texto en vivo para personas en recuperación. Entra desde un enlace: sin cuenta y sin dar tu nombre.
home-open = Abiertas ahora
home-next = La próxima
home-week = Los próximos siete días
home-later = Más adelante
home-nothing-open = Ninguna reunión de la lista está abierta en este momento.
home-nothing = Todavía no hay reuniones en la lista. Si alguien te dio un enlace, funciona igual.
home-go-in = Ir a la puerta
home-closes = Abierta ahora · cierre:
group-meetings = Reuniones de este grupo
group-with-key = Con tu enlace puedes guiar aquí. Elige una reunión: en su puerta puedes abrir la sala o entrar.
group-none = Este grupo no tiene reuniones por el momento.
group-led = { $kind ->
    [group-therapy] Terapia de grupo
   *[peer-support] Apoyo entre pares
  } · guía { $by ->
    [volunteer] una persona voluntaria con formación
    [counsellor] una persona consejera
    [licensed-therapist] una persona terapeuta titulada
   *[peer] una persona par
  }
group-guidelines = Lo que acuerda este grupo
when-by-hand = Se abre a mano
when-always = Siempre abierta
when-minutes = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
  }
adults = Para personas adultas. Esto no es un tratamiento ni da consejos médicos.
room-loading = Abriendo la puerta…
missing-title = Aquí no hay nada
missing-text = Puede que este enlace sea antiguo o que le falte una letra. Ni tú ni tu dispositivo tienen ningún problema.
broken-title = Esta página no funcionó
broken-text = Algo falló de nuestro lado. No se guardó nada de lo que escribiste. Inténtalo de nuevo en un momento.
busy-text = El servidor no puede consultar sus reuniones en este momento. Inténtalo de nuevo en un minuto.
method-text = Esta dirección solo sirve para leer.
all-meetings = Ver todas las reuniones
choose = Buscar una reunión
choose-any = Cualquiera
choose-language = Idioma
choose-format = Tipo de reunión
choose-day = Día
choose-day-hint = El día es el del lugar de donde es la reunión.
choose-nothing = Ninguna reunión de la lista es así. Quita una de tus elecciones y puede que haya alguna.
day-1 = Lunes
day-2 = Martes
day-3 = Miércoles
day-4 = Jueves
day-5 = Viernes
day-6 = Sábado
day-7 = Domingo
how-title = Cómo funciona una reunión aquí
how-link = ¿Es tu primera vez? Lee cómo funciona una reunión aquí.
how-lead = Durante una hora, la gente se escribe al mismo tiempo en una misma sala. No hay cámara, ni voz, ni cuenta.
how-in = Entrar
how-in-1 = Abre el enlace de una reunión o elige una de la lista. Se te ofrece un nombre; úsalo o escribe otro que no sea el tuyo de verdad.
how-in-2 = Puedes elegir solo escuchar. Más tarde puedes cambiar de idea, entrando de nuevo.
how-in-3 = Algunas reuniones tienen sala de espera: alguien te deja entrar. Puede tardar un momento.
how-in-4 = Ves lo que se dice desde que llegas. Lo anterior se queda con quienes lo oyeron.
how-there = En la sala
how-there-1 = Arriba ves en qué parte de la reunión estamos y cuánto tiempo queda. Debajo está lo que dice la gente, y al final tu propio cuadro de mensaje.
how-there-2 = Nadie tiene que decir nada. Leer también es participar.
how-there-3 = Los tres puntos junto a un mensaje sirven para más: una señal discreta como “Contigo”, una respuesta, retirar tus propias palabras, ocultar a alguien para ti o avisar a moderación.
how-there-4 = Puedes cubrir tus palabras con un aviso de contenido, para que cada cual elija si las lee.
how-there-5 = Si se corta tu conexión, no se pierde nada: la página vuelve sin que hagas nada y conserva lo que estabas escribiendo.
how-turns = Por turnos
how-turns-1 = En algunas partes comparte una persona a la vez. Levanta la mano y te darán la palabra cuando te toque. “Paso” siempre está bien.
how-turns-2 = Mientras alguien comparte, los demás no escriben. Así se escucha a cada persona.
how-turns-3 = Alguien guía: una persona del grupo, con formación voluntaria o profesional; la puerta dice quién. Moderación cuida la sala.
how-safe = Con seguridad
how-safe-1 = En la sala, “Necesito ayuda” está siempre arriba, al principio. Muestra líneas de ayuda de tu país y, si quieres, avisa en privado a moderación. La sala no lo ve.
how-safe-2 = El botón para salir rápido está siempre arriba, al final, y pulsar Mayús (en el Navegador Tor: Escape) tres veces hace lo mismo: la página se queda en blanco y sale en el acto.
how-safe-3 = Antes de enviar tus palabras, la página te pregunta una vez si parecen decir quién eres: un teléfono, una dirección, un nombre completo.
how-safe-4 = Otras personas de la sala podrían copiar lo que escribes. No escribas nada que diga quién eres o quiénes son otras personas.
how-safe-5 = Esto es apoyo entre personas que lo conocen por experiencia. No es un tratamiento ni da consejo médico.
how-out = Salir
how-out-1 = Puedes irte en cualquier momento, sin decir nada.
how-out-2 = Cuando la reunión se cierra, se borra todo lo que se dijo, y también lo que guardaba tu pestaña.
how-out-3 = Volver a empezar siempre es bienvenido, después de un día o después de años.

## Qué guardamos

keep-title = Qué guardamos
keep-meanwhile = Mientras dura una reunión
keep-meanwhile-1 = En la memoria del servidor: los nombres que la gente eligió para esta hora, lo que se dijo en los últimos minutos, las palabras de quien tiene el turno hasta que termina, y a quién se silenció o se retiró de la sala.
keep-meanwhile-2 = Para los vetos: una forma cifrada y acortada de la red desde la que te conectas. No se puede convertir de nuevo en una dirección, y lo único que hace es enviar a quien llega a la sala de espera.
keep-meanwhile-3 = En esta pestaña de tu navegador: lo que hace falta para que vuelvas al recargar, las palabras que todavía no enviaste y si alguien de moderación terminó tu visita.
keep-after = Cuando se cierra una reunión
keep-after-1 = Todo eso se borra, en el servidor y en cada pestaña que siga abierta.
keep-after-2 = Lo que queda: los grupos, los horarios de sus reuniones, cuándo estuvo abierta una reunión y las huellas de los enlaces que abren salas. Nada sobre las personas.
keep-cannot = Lo que no podemos prometer
keep-cannot-1 = Otras personas de la sala pueden copiar o fotografiar lo que escribes. No escribas nada que diga quién eres.
keep-cannot-2 = Tu proveedor de internet, o quien comparta tu dispositivo, puede ver que estuviste en este sitio. El historial de tu navegador lo borras tú.
keep-cannot-3 = Si necesitas que tu red quede oculta también para este servidor, usa el navegador Tor.
held-title = Todo, punto por punto
held-note = Esta lista sale del propio programa, y sus pruebas la comparan con lo que de verdad hay.
held-json = Lo mismo para programas
held-in-room = En el estado de una sala abierta, en memoria
held-in-memory = Además, en la memoria de este servidor
held-in-redis = En Redis, que también es memoria y une a varios procesos
held-in-database = En la base de datos, en disco
held-in-log = En el registro
held-in-metrics = En las cifras de quien opera el servidor
held-in-browser = En esta pestaña de tu navegador
held-seconds = { $count ->
    [one] un segundo
   *[other] { $count } segundos
}
held-minutes = { $count ->
    [one] un minuto
   *[other] { $count } minutos
}
until-seat-ends = Hasta que esta persona sale, la retiran o lleva ausente { $time }.
until-room-closes = Hasta que se cierra la sala.
until-turn-ends = Hasta que termina el turno, y al menos { $time }.
until-time = Durante { $time }.
until-untouched = Hasta que se cierra la sala; si murieron todos los procesos, { $time } después de que el último la tocó.
until-connection-ends = Hasta que termina la conexión.
until-process-ends = Hasta que el servidor se detiene.
until-operator-deletes = Hasta que lo borra quien opera el servidor.
until-leaving = Hasta que sales, se cierra la sala o se cierra esta pestaña.
holds-room = Qué es la sala: su título y su grupo, cuándo se abrió y cuándo cierra, si hay sala de espera, cerrojo, pausa o modo lento, y si llegó mucha gente a la vez.
holds-room-keys = Dos claves hechas al azar para esta única reunión: disfrazan redes y prueban que unas palabras reportadas se dijeron aquí.
holds-call = Quién pidió ayuda, desde cuándo y qué persona de moderación está con ella. Nunca las palabras.
holds-report = Que se reportó un mensaje: cuál, de quién, por quién y qué persona de moderación lo mira. Nunca las palabras.
holds-links-held = Qué lugar llegó con qué enlace de un solo uso, por la huella del enlace, para que lo tenga una persona a la vez.
holds-bans = Por cada veto, un número del 0 al 4095 hecho de una red con la clave de la sala. Lo comparten un millón de direcciones.
holds-removed = Huellas de los lugares de quienes fueron retirados, para poder decírselo.
holds-seat = El lugar de cada persona: el nombre elegido para esta reunión, el papel, cuándo lo tomó, si vino con una invitación y si está ausente.
holds-seat-hats = Qué hace alguien por la reunión, como dar la bienvenida o llevar el tiempo, y si guía en lugar de otra persona.
holds-seat-token = Una huella del secreto con el que la pestaña de una persona vuelve a tomar su lugar.
holds-seat-network = Un número del 0 al 4095 hecho de la red de la persona con la clave de la sala, y si es el de un veto.
holds-seat-conduct = Si alguien está en silencio y hasta cuándo, si espera solo porque nadie guía, si alguien le escribió en la sala de espera, y si su primer mensaje ya salió.
holds-seat-turns = Quién levantó la mano, y quién ya tuvo su turno, pasó o acepta respuestas.
holds-seat-voted = El número de la última consulta en la que alguien respondió. Lo que eligió no se guarda en ninguna parte.
holds-name = Los nombres elegidos, otra vez y simplificados, para que no haya dos que se parezcan.
holds-agenda = La agenda de esta reunión, con sus textos, y en qué parte vamos.
holds-topic = El tema que pusieron quienes guían.
holds-floor = De quién es el turno y hasta cuándo.
holds-poll = Que hay una consulta en curso, de qué tipo y hasta cuándo.
holds-poll-question = La pregunta de la consulta y las respuestas para elegir.
holds-poll-totals = Cuántas personas respondieron y qué: solo totales, y solo donde no delatan a nadie.
holds-window = Lo que se dijo hace poco, para quienes perdieron la conexión.
holds-share = Las palabras de quien tiene el turno, para quienes se desconectan mientras tanto.
holds-own-posts = Lo que dijeron hace poco las visitas de este servidor y se dio por recibido, para decirlo otra vez si se pierde en el camino.
holds-message-ids = Números de mensajes, sin sus palabras, para que ninguno aparezca dos veces.
holds-last-post = Cuándo escribió por última vez cada lugar, para el modo lento.
holds-on-its-way = Lo que alguien acaba de pedir, hasta que esté hecho.
holds-to-be-done = Lo que hay que hacer un poco después, como recoger el lugar de alguien que se desconectó.
holds-half-received = Lo que ha llegado de un mensaje, hasta que llegue el resto y tenga respuesta.
holds-being-loaded = Lo que pasa en una sala mientras este servidor trae o compara su estado.
holds-not-sent-yet = Lo que está por enviarse a alguien, o no se pudo enviar todavía.
holds-room-place = Hasta dónde llegó la sucesión de eventos de una sala, y cuándo se escribió cada una de sus entradas.
holds-room-entries = El estado de las salas abiertas, en bytes.
holds-rooms-open = Qué salas están abiertas.
holds-who-is-connected = Qué conexión tiene qué lugar.
holds-who-is-here = La lista de quién está aquí, lista para enviarse.
holds-who-is-away = Quién perdió la conexión, para recoger su lugar a tiempo.
holds-last-request = La última petición de una página en una conexión que tu navegador deja abierta para la siguiente, con lo que el navegador dice de sí mismo.
holds-connection = Tu conexión, con un número al azar. No tu dirección: se mira una vez, cuando te conectas, y no se guarda.
holds-network-class = Un número de dos bytes hecho de la red de la que viene tu conexión. Miles de redes lo comparten; los límites y los vetos van por él.
holds-work-asked = Mientras llega mucha gente a la vez: la pequeña tarea que recibió tu página.
holds-repeats = Huellas disfrazadas de lo que se dijo en el último minuto, y desde qué lugar, para frenar una avalancha de lo mismo. No las palabras.
holds-key-used = La huella de un enlace de un solo uso con el que alguien está entrando, hasta que esté adentro.
holds-token-in-lobby = Mientras estás en la sala de espera: el secreto de tu lugar, para dártelo de nuevo cuando te dejen entrar.
holds-rates = Cuántas veces pidió algo cada lugar, conexión o red disfrazada, para frenar los excesos.
holds-api-network-key = Una clave hecha al azar cuando arrancó el servidor, para disfrazar las redes de quienes muestran claves equivocadas.
holds-api-rates = Cuántas veces se usó una clave para programas, o llegaron claves equivocadas de una red disfrazada, para que nadie pruebe muchas.
holds-worker-name = Nombres al azar de los procesos del servidor.
holds-timetable = Cuándo son las próximas reuniones.
holds-group = Grupos: nombre, acuerdos, una dirección aproximada como una ciudad.
holds-format = Formatos que un grupo hizo para sus reuniones.
holds-meeting = Reuniones: título, horarios y cómo se llevan.
holds-change = Reuniones que por una vez se cancelan o cambian de hora.
holds-key = Huellas de los enlaces para guiar, moderar o invitar. No de quién son.
holds-opening = Cuándo se abrió y se cerró cada reunión. No quién estuvo.
holds-database-version = La versión de la estructura de la base de datos.
holds-log-line = Lo que hace el programa: sucesos del código con cantidades, códigos y lugares del código. Sin textos, sin nombres, sin direcciones.
holds-counts = Cuántas conexiones y salas hay, y con qué frecuencia se pidió cada cosa: nunca menos de cinco de algo.
holds-process-counts = Cuántos procesos propios del servidor están en marcha.
holds-browser-key = El secreto del enlace con el que llegaste, si lo tenía.
holds-browser-seat = El secreto de tu lugar, tu nombre y tu papel aquí, y cuándo estuviste en tu lugar por última vez.
holds-browser-place = Hasta dónde leíste, para que al recargar llegue lo que te perdiste.
holds-browser-unsent = Las palabras que todavía no enviaste.
holds-browser-comfort = Qué tamaño de texto elegiste, y si pediste un sonido.
holds-browser-hidden = De quién elegiste no ver los mensajes aquí.
holds-browser-out = Que alguien de moderación terminó tu visita, y hasta cuándo.

## La puerta

door-open-until = Abierta ahora, hasta las { $time }
door-open = Abierta ahora
guideline-1 = Habla desde el «yo»: de tu propia experiencia, no de la de otra persona.
guideline-2 = Pregunta antes de aconsejar. Escuchar es ayudar.
guideline-3 = Lo que se dice aquí se queda aquí. A nadie se le identifica, juzga ni graba.
guideline-4 = Esto no es un tratamiento ni da consejo médico. La medicación recetada no se juzga.
door-adults = Para personas adultas. Esto no es un tratamiento ni da consejos médicos.
door-guidelines = Lo que acordamos aquí
door-name = Tu nombre en esta reunión
door-name-hint = Inventado para ti. Puede ser otro, pero no tu nombre real.
door-another = Otro nombre
door-role = ¿Cómo quieres estar aquí?
door-member = Participar
door-member-hint = Leer, escribir y reaccionar
door-listener = Solo escuchar
door-listener-hint = Leer y reaccionar, en silencio
door-go-in = Entrar
door-short = Sin cuenta. No se guarda nada.
door-knock = Tocar a la puerta
door-lobby = Alguien de moderación deja entrar de a una persona. Puede tardar un momento.
door-going-in = Entrando…
door-as-facilitator = Tienes el enlace de facilitación de esta reunión. Entras para facilitarla.
door-as-moderator = Tienes un enlace de moderación. Entras para moderar.
door-with-hat = Tu enlace te da una tarea en esta reunión: { $hat ->
    [greeter] dar la bienvenida
    [timekeeper] llevar el tiempo
    [reader] leer
   *[mentor] mentoría
  }.
door-early = Llegas temprano
door-early-opens = La sala se abre a esta hora, según tu reloj: { $time }.
door-begins = La reunión empieza: { $time }.
door-wish = Entrar cuando se abra
door-wished = Entrarás con el nombre { $name } en cuanto se abra la sala.
door-wished-hint = Puedes quedarte en esta página; entrarás sin hacer nada más.
door-wished-change = Cambiar eso
door-held = Todavía no está nadie que guíe. Esperas en la sala de espera hasta que llegue alguien, y entonces entras sin hacer nada más.
next-meeting = La próxima reunión, según tu reloj: { $time }.
when-elsewhere = Hora de { $place }: { $time }
calendar-add = Añadir al calendario
calendar-discreet = con un título neutro
door-scheduled-at = La reunión empieza, según tu reloj: { $time }.
door-scheduled = Todavía no está abierta
door-scheduled-text = Esta página está atenta por ti: muestra la puerta en cuanto se abre la reunión.
door-open-now = Abrir la sala ahora
door-closed = Esta reunión terminó
door-closed-text = No se guardó nada de ella. Te esperamos en la próxima.
door-full = La sala está llena
door-full-text = Esta página sigue atenta y muestra la puerta en cuanto alguien sale.
door-locked = La sala está cerrada para quien llega
door-locked-text = Moderación la cerró por ahora. Esta página sigue atenta y muestra la puerta cuando se abra.
door-frozen = La sala está en pausa un momento
door-frozen-text = Moderación está resolviendo algo. Esta página sigue atenta y muestra la puerta cuando continúe.
door-seat-gone = Tu lugar quedó libre mientras no estabas. Puedes entrar de nuevo.
door-restarted = La reunión se reinició. Entra de nuevo, por favor.
door-name-perhaps-yours = Puede que el primer intento llegara sin respuesta: entonces este nombre sigue en la sala y se liberará solo. Elige otro por ahora.
door-words-kept = Lo que todavía no enviaste está en tu cuadro de mensaje.
door-contact = Quien opera este servidor: { $contact }
again-in-minutes = Puedes intentarlo de nuevo en { $minutes ->
    [one] 1 minuto
   *[other] unos { $minutes } minutos
  }. Puedes quedarte en esta página.
again-in-seconds = Puedes intentarlo de nuevo en { $seconds } s.
again-now = Ya puedes intentarlo de nuevo.

## La sala de espera

lobby-title = Estás en la puerta
lobby-text = Alguien de moderación decide quién entra. Puedes quedarte en esta página.
lobby-held = Por el momento no está nadie que guíe. En cuanto llegue alguien, entras sin hacer nada más. Si nadie llega, la sala se cierra a las { $time }.
lobby-swept = Hay un disturbio, así que moderación envió a la puerta a toda la gente que entró hace poco. No dice nada de ti. Quédate en esta página: desde aquí te pueden dejar entrar de nuevo.
lobby-name = Tu nombre aquí: { $name }
lobby-talk = Unas palabras con quienes guían
lobby-talk-hint = Alguien que guía te escribió. Puedes responder aquí; solo lo leen quienes cuidan la puerta.
lobby-talk-host = Alguien que guía
lobby-talk-field = Lo que quieres decir
denied-title = Esta vez no
denied-text = Moderación no te dejó entrar en este momento.
denied-knock = Tocar de nuevo

## Finales

removed-title = Alguien de moderación terminó tu visita
removed-word = Unas palabras de moderación
removed-banned = Puedes tocar a la puerta otra vez; moderación verá que se te pidió salir.
removed-text = Puedes pedir volver. Esperarás en la sala de espera hasta que alguien de moderación decida.
removed-knock = Pedir volver por la sala de espera
closed-title = La reunión terminó
closed-text = Todo lo que se dijo aquí se borra: en el servidor y en esta pestaña.
closed-thanks = Gracias por estar aquí. Empezar de nuevo siempre es bienvenido.
left-title = Saliste de la reunión
left-text = No queda nada de la reunión en esta pestaña. El historial de tu navegador todavía muestra que estuviste en este sitio.
left-again = Entrar de nuevo
replaced-title = Estás en otra pestaña
replaced-text = Tu lugar está abierto en otra pestaña o ventana. Solo una a la vez puede tenerlo.
replaced-take = Usar esta pestaña
broken-room = Algo salió mal en esta página
broken-room-text = Tu lugar se guarda unos minutos, y también lo que estabas escribiendo. Carga la página de nuevo para volver.
stumbled = Algo en esta página no funcionó. Si no continúa, vuelve a cargar la página: tu lugar y tus palabras se conservan.
broken-room-reload = Cargar la página de nuevo

## La cabecera de la sala

time-left = { $minutes ->
    [0] está por cerrar
    [one] queda 1 minuto
   *[other] quedan { $minutes } minutos
  }
time-left-hours = quedan { $hours } h { $minutes } min
link-up = Con conexión
link-connecting = Conectando…
link-lost = Se perdió la conexión. Vuelve sola…
link-lost-detail = Lo que escribes no se pierde.
people-count = { $count ->
    [one] 1 persona aquí
   *[other] { $count } personas aquí
  }
leave = Salir
leave-sure = ¿Salir de la reunión?
leave-sure-text = Se borra lo que hay en esta pestaña. Mientras la reunión siga abierta puedes entrar de nuevo con otro nombre.
leave-sure-line = Tu línea privada de ayuda se cierra si sales. Se borra lo que hay en esta pestaña.
stay = Quedarme
tools = Herramientas
tools-waiting = { $count ->
    [one] Herramientas, 1 asunto te espera
   *[other] Herramientas, { $count } asuntos te esperan
  }

held = No está nadie que guíe.
held-turns = Levanta la mano para escribir; una persona después de otra. Quien llega espera en la puerta.
held-closes = La sala se cierra a las { $time } si no llega nadie.
held-successor = { $name } puede tomar el relevo.
step-in = Guiar hasta que vuelva alguien
step-in-text = Se te pidió tomar el relevo. Entonces te llegarán los pedidos de ayuda.
stepped-in-toast = Ahora guías tú, hasta que vuelva alguien.
extend = Más tiempo
extend-hint = Se cierra a las { $time }.
extend-by = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
  }
extend-do = Prolongar

## Sobre la reunión

about = Sobre esta reunión
about-open = Sobre esta reunión, y tamaño del texto
comfort = Tamaño del texto, y un minuto de calma
comfort-only-you = Solo cambia esta pestaña, y solo durante esta reunión.
size = Tamaño del texto
size-letter = A
size-percent = { $percent } por ciento
breathe = Un minuto de calma
breathe-open = Respirar un minuto
breathe-text = Deja que el aire salga durante más tiempo del que entra. Sigue el círculo, o cierra los ojos y cuenta hasta cuatro y luego hasta seis. No hay forma de hacerlo mal.
breathe-in = Adentro
breathe-hold = Espera
breathe-out = Afuera, despacio
breathe-rest = Espera
breathe-more = Si quieres: siente los pies en el suelo y nombra cinco cosas que ves. No te pierdes nada; la reunión espera en esta pestaña.
breathe-enough = Es suficiente

## Lo que se dice

log-label = Lo que se dice
log-start = Ves lo que se dice desde ahora.
came-in = Entraste durante «{ $part }», parte { $index } de { $parts }.
came-in-after = Entraste durante «{ $part }», después de la hora.
came-in-floor = { $name } tiene la palabra, { $count ->
    [0] nadie está esperando.
    [one] sigue 1 persona.
   *[other] siguen { $count } personas.
  }
came-in-topic = El tema: { $topic }
log-back = Cargaste esta página de nuevo. Aquí está lo que se pudo recuperar; las palabras anteriores no se guardan en ninguna parte.
log-away = Mientras no estabas
log-gap = Aquí se dijo algo que no se pudo recuperar.
log-moderator = Ahora puedes moderar.
log-not-moderator = Ya no moderas.
log-listener = Alguien de moderación te pidió que por ahora escuches. Puedes leer con toda confianza.
log-member = Ahora puedes escribir aquí.
log-link-used = Tu enlace se usó por segunda vez hace un momento y fue rechazado. Si no fuiste tú, avisa a quien facilita.
log-renamed = Alguien de moderación cambió tu nombre a { $name }.
log-no-host = En este momento no hay nadie de moderación.
log-host = Hay alguien de moderación.
log-host-again = Otra vez hay alguien de moderación.
your-hat = { $hat ->
    [greeter] Ahora das la bienvenida. «Herramientas» te muestra quién espera en la puerta, y tú dejas entrar.
    [timekeeper] Ahora llevas el tiempo. «Guion», arriba, da más a una parte o a quien comparte.
    [reader] Ahora te toca leer. «Guion», arriba, tiene lo que se lee en voz alta, y puedes escribir mientras hablan quienes guían.
    [successor] Ahora tienes el relevo. Cuando no esté nadie que guíe, puedes guiar, y esta página te lo pregunta entonces.
   *[mentor] Ahora haces mentoría: junto a tu nombre se ve que eres alguien a quien acudir.
  }
your-hat-over = Tu tarea en esta reunión terminó: { $name }
log-taken-back = { $count ->
    [one] Se retiró 1 mensaje
   *[other] Se retiraron { $count } mensajes
  }
log-hidden = { $count ->
    [one] 1 mensaje de { $name }, oculto para ti
   *[other] { $count } mensajes de { $name }, ocultos para ti
  }
log-empty = Nadie ha dicho nada desde que entraste. Un «hola» basta para empezar.
new-below = { $count ->
    [one] 1 mensaje nuevo abajo
   *[other] { $count } mensajes nuevos abajo
  }
to-end = A lo más reciente
you = Tú
message-of = Mensaje de { $name }
share-of = Lo que comparte { $name }
message-more = Más opciones para el mensaje de { $name }
replying-to = En respuesta a { $name }
taken-back = Retirado.
warning-cover = Aviso de contenido: { $warning }
warning-plain = Aviso de contenido
warning-show = Mostrar
warning-hide = Cubrir de nuevo
veiled = Cubierto mientras la sala está en pausa.
veiled-show = Mostrar
status-pending = Enviando…
status-waiting = Esperando la conexión…
status-goes-in = Se envía solo en { $seconds } s
status-first = Lo tienen quienes guían
status-failed = No se envió.
retry = Intentar de nuevo
retry-in = Intentar de nuevo en { $seconds } s
edit = Editar
throw-away = Descartar
react-with_you = Contigo
react-thank_you = Gracias
react-me_too = Yo también
react-hug = Abrazo
react-candle = Vela
react-celebrate = Celebrar
reaction-count = { $label }, { $count ->
    [one] 1 persona
   *[other] { $count } personas
  }
react-group = Reaccionar
reply = Responder
take-back = Retirar
copy-words = Copiar las palabras
report = Reportar a moderación

## El cuadro de mensaje

box-label = Tu mensaje
box-placeholder = Escribe aquí…
box-send = Enviar
box-keys = Intro envía · Mayús + Intro hace una línea nueva
box-left = { $count ->
    [one] Queda 1 carácter
   *[other] Quedan { $count } caracteres
  }
box-over = { $count ->
    [one] Sobra 1 carácter
   *[other] Sobran { $count } caracteres
  }
box-warning = Añadir un aviso de contenido
box-warning-label = Cubierto hasta que alguien lo abra. ¿De qué trata? (puedes dejarlo vacío)
box-warning-off = Sin aviso de contenido
box-reply-off = No es una respuesta
box-why-muted = Estás en silencio. Puedes leer, reaccionar y pedir ayuda.
box-why-muted-until = Estás en silencio hasta las { $time }. Puedes leer, reaccionar y pedir ayuda.
box-why-frozen = La sala está en pausa.
box-why-listener = Estás aquí para escuchar. Puedes reaccionar y pedir ayuda.
box-why-slow = Modo lento: puedes enviar de nuevo en { $seconds } s.
nudge-title = Esto puede decir quién eres.
nudge-text = No se ha enviado. Otras personas de aquí podrían copiarlo.
nudge-email = Un correo electrónico:
nudge-phone = Un teléfono:
nudge-handle = Un nombre de otro servicio:
nudge-address = Una dirección:
nudge-name = Un nombre completo:
nudge-change = Cambiarlo
nudge-send = Enviar de todos modos
box-frozen-host = La sala está en pausa. Solo moderación puede escribir.

## La hora y los turnos

rehearsal = Ensayo, { $speed } veces más rápido, con participantes de mentira.
turns-label = Dónde estamos
turns-before = Antes de empezar. La sala está abierta para saludarse.
begin = Empezar
part-of = parte { $part } de { $count }
part-after = después de la hora
part-left = { $minutes ->
    [one] queda 1 min
   *[other] quedan { $minutes } min
  }
part-over-now = se acabó el tiempo
part-over = { $minutes ->
    [one] 1 min de más
   *[other] { $minutes } min de más
  }
turn-open = Todas las personas pueden escribir.
turn-silence = Silencio, en compañía.
turn-yours = Es tu turno.
turn-yours-words = En varios mensajes, si quieres.
turn-of = { $name } está compartiendo.
turn-free = La palabra está libre.
turn-hosts = Hablan quienes guían.
clock-label = Tiempo que queda
somebody = Alguien
next-up = Sigue:
next-you = tú
next-more = { $count ->
    [one] y 1 más
   *[other] y { $count } más
  }
next-nobody = Nadie está esperando.
hand-raise = Levantar la mano
hand-lower = Bajar la mano
hand-up = Tienes la mano levantada.
hand-place = Tienes la mano levantada. { $before ->
    [0] Sigues tú.
    [one] Hay 1 persona antes que tú.
   *[other] Hay { $before } personas antes que tú.
  }
question-raise = Hacer una pregunta
question-place = Levantaste la mano para una pregunta. { $before ->
    [0] Sigues tú.
    [one] Hay 1 persona antes que tú.
   *[other] Hay { $before } personas antes que tú.
  }
question-by-hand = Levantar la mano para hacerla
question-by-hand-text = La haces tú, cuando te den la palabra.
question-text = O escríbela a quienes guían. Nada les muestra quién preguntó; puede que respondan para toda la sala.
question-field = Tu pregunta
question-send = Enviarla
question-heard = Quienes guían tienen tu pregunta.
question-unheard = En este momento no está nadie que guíe, así que nadie la ha visto. Pregunta de nuevo en unos minutos.
question-empty = Escribe primero tu pregunta.
round-place = Una persona después de otra. { $before ->
    [0] Sigues tú.
    [one] Hay 1 persona antes que tú.
   *[other] Hay { $before } personas antes que tú.
  }
done = Listo
pass = Paso
replies-welcome = Se agradecen respuestas breves
sign-soft = { $minutes ->
    [0] Quedan unos { $seconds } segundos.
    [one] Queda alrededor de un minuto.
   *[other] Quedan unos { $minutes } minutos.
  }
sign-clear = Se acabó tu tiempo; termina tu idea.
box-why-turn = { $name } está compartiendo.
box-why-hand = Levanta la mano para hablar.
box-why-wait = Te darán la palabra.
box-why-silence = Un silencio.
box-why-others = Ahora siguen otras personas.
box-why-heard = Ya se escuchó a todas las personas. Pronto llega la siguiente parte.
box-stays = Lo que escribiste se queda en el cuadro.

topic = Tema:
topic-more = Más
topic-less = Menos
until-next = Guarda tus palabras para ti: añádelas a tu calendario
until-next-saved = Guardado como «reminder.ics». Ábrelo y tu calendario lo toma.
until-next-title = Recordatorio

## Logros

milestone-open = Anunciar un logro
announce-title = Anunciar un logro
announce-text = Toda la sala puede celebrarlo contigo.
announce-later = Podrás anunciarlo en cuanto puedas escribir de nuevo.
announce-say-first = Es mi primera reunión
announce-say-again = Estoy empezando de nuevo
announce-say-days = Días
announce-say-months = Meses
announce-say-years = Años
announce-count-days = ¿Cuántos días?
announce-count-months = ¿Cuántos meses?
announce-count-years = ¿Cuántos años?
announce-do = Anunciarlo
announce-doing = Anunciando…
milestone-of = Logro de { $name }
milestone-first = Primera reunión
milestone-again = Empezar de nuevo
milestone-days = { $count ->
    [one] 1 día
   *[other] { $count } días
  }
milestone-months = { $count ->
    [one] 1 mes
   *[other] { $count } meses
  }
milestone-years = { $count ->
    [one] 1 año
   *[other] { $count } años
  }
milestone-warm-first = Te damos la bienvenida. Qué bueno que viniste.
milestone-warm-again = Te damos la bienvenida otra vez. Qué bueno que viniste.
milestone-warm-time = Qué bueno que estás aquí.
celebrate = Celebrar
celebrated = Lo celebras
celebrating = { $count ->
    [one] 1 persona lo celebra
   *[other] { $count } personas lo celebran
  }

## Preguntas para toda la sala

poll-told = Una pregunta para toda la sala: { $question }
poll-told-result = Se contaron las respuestas: { $question }
poll-agree = ¿Aceptamos los acuerdos?
poll-agree-yes = Los acepto
poll-agree-no = Todavía no
poll-read-guidelines = Leer los acuerdos
poll-hands-yes = Sí
poll-hands-no = No
poll-scale = ¿Cómo estás en este momento?
scale-hard = la estoy pasando mal
scale-well = estoy bien
scale-low = bajo
scale-high = alto
poll-totals = Solo se muestran totales, y solo a partir de cinco respuestas. Una respuesta no se puede cambiar.
poll-sending = Enviando tu respuesta…
poll-counted = Contada.
poll-voted = { $count ->
    [0] Todavía no respondió nadie.
    [one] Respondió 1 persona.
   *[other] Respondieron { $count } personas.
  }
poll-few = Respondieron menos de cinco personas, así que no se muestra nada.
poll-nearly-all = Casi todas:
poll-hide = Quitar de mi vista
ask-all = Preguntar a toda la sala
ask-agree = Preguntar: ¿aceptamos los acuerdos?
ask-kind = ¿De qué tipo?
ask-kind-hands = A mano alzada: sí o no
ask-kind-choice = Elegir una de varias
ask-kind-scale = Una escala del 1 al 5
ask-question = La pregunta
ask-question-scale = La pregunta (si la dejas vacía: «¿Cómo estás en este momento?»)
ask-options = Las respuestas
ask-option = Respuesta { $number }
ask-option-more = Una respuesta más
ask = Preguntar
poll-close = Contar y mostrar
poll-clear = Quitar

## El guion

run-sheet = Guion
begin-with = Empezar: { $title }
next-part = Sigue: { $title }
next-all-the-same = { $name } todavía está compartiendo. ¿Seguir con { $title } de todos modos?
next-go-on = Seguir
next-wait = Esperar
last-part = Esta es la última parte.
back-part = Atrás
part-more = +5 min para esta parte
signs = Una señal a quien comparte
sign-give-soft = Señal: queda un minuto
sign-give-clear = Señal: se acabó el tiempo
sign-given = Solo quien comparte ve esta señal. No se le corta la palabra.
share-more = +1 min
take-floor = Retomar la palabra
give-floor = Dar la palabra
hands-title = Manos
hands-round = Faltan
has-question = pregunta
call = Dar la palabra
call-name = Dar la palabra a { $name }
call-anyone = Dar la palabra a otra persona
take-it = Tomar la palabra
hand-first = Al principio
hand-first-name = { $name } al principio
hand-last = Al final
hand-last-name = { $name } al final
hand-down = Bajar
hand-down-name = Bajar la mano de { $name }
hand-was-put-down = Mano bajada.
script = Para leer en voz alta
script-copy = Copiar al cuadro de mensaje
script-copied = Está en tu cuadro de mensaje.
script-in-silence = En esta parte no escribe nadie. Puedes leerlo en la siguiente.
script-missing = Lo que se lee aquí no está disponible en este momento.
topic-now = El tema
topic-off = Quitarlo
topic-choose = Elegir un tema
topic-other = Elegir otro tema
topic-own = Con tus propias palabras
topic-set = Ponerlo como tema
topics-missing = Los temas para elegir no están disponibles en este momento.
all-parts = Todas las partes
part-minutes = { $minutes } min, { $mode ->
    [queue] con manos
    [round] en ronda
    [speaker] habla quien guía
    [silence] silencio
   *[open] escribe toda la sala
  }
go-there = Ir allí
go-to-part = Ir a { $title }

## Ayuda y reportes

help = Necesito ayuda
help-title = Necesito ayuda
help-danger = No podemos ver dónde estás. Si tú o alguien cerca de ti está en peligro, llama al número de emergencias de tu país.
help-call-title = Hablar en privado con moderación
help-text = Solo lo ve la moderación de esta reunión, nunca la sala.
help-field = ¿Qué te ayudaría? (puedes dejarlo vacío)
help-send = Pedir ayuda
help-contact = Puedes comunicarte con quien opera este servidor: { $contact }
line-title = Tu línea privada
line-waiting = En espera. { $count ->
    [one] Se avisó a una persona de moderación.
   *[other] Se avisó a { $count } personas de moderación.
  } Quédate aquí si puedes.
line-waiting-some = Esperando a alguien de moderación.
line-nobody = En este momento no hay nadie de moderación, así que nadie ha visto esto todavía. Quien llegue verá que pediste ayuda. No esperes a eso: en los números de abajo te atienden ahora.
line-taken = Alguien está contigo.
line-closed = Esta línea privada está cerrada. Puedes pedir ayuda de nuevo en cualquier momento.
line-closed-toast = Tu línea privada se cerró. Puedes pedir ayuda de nuevo en cualquier momento.
line-taken-toast = Alguien de moderación está contigo. Abre «Necesito ayuda» para leer y escribir.
line-again-toast = Quien te acompañaba ha tenido que irse. Se ha avisado a los demás moderadores; «Necesito ayuda» sigue abierto para ti.
line-message-toast = Alguien de moderación te escribió. Abre «Necesito ayuda» para leerlo.
line-log = Lo que se dice en la línea privada
line-field = Escribe en la línea privada
line-send = Enviar
line-close = Cerrar la línea
line-you = Tú
line-nothing = Todavía no hay nada escrito.
line-not-kept = No se guarda lo que se escribió antes de que llegaras o recargaras la página.
line-with = Línea privada con { $name }
line-state-waiting = En espera: nadie la ha tomado
line-state-mine = Estás con esta persona
line-state-taken = { $name } está con esta persona
line-gone = La línea está cerrada.
resource = Para llevar contigo
helplines-title = Líneas de ayuda
helplines-not-ours = Estos servicios no son parte de este sitio. Los números cambian: si uno no contesta, llama al número de emergencias de tu país.
helplines-country = País
helplines-choose = Elige un país
helplines-local = Llama al número de emergencias de tu país.
helplines-missing = Si un país no está en la lista, es porque no pudimos comprobar sus números. Allí, llama al número de emergencias local.
helplines-all = Todas las líneas de ayuda en una página
helplines-later = No se pudieron cargar las líneas de ayuda. Llama al número de emergencias de tu país o abre la página /help.
helpline-emergency = Emergencias
helpline-crisis = Crisis
helpline-addiction = Alcohol y drogas
helpline-call = Llamar
helpline-text = Mensaje de texto
helpline-chat = Chat
helpline-old = Vista por última vez hace más de un año: puede haber cambiado.
help-page-title = Ayuda ahora
card-overdose = Una sobredosis
card-withdrawal = Dejar de golpe
card-suicide = Pensamientos suicidas
card-moderator = Para ti, que tomaste este pedido
hosts-channel = Entre quienes guían
hosts-hint = Solo lo leen quienes moderan.
hosts-field = Escribe a quienes también guían
hosts-send = Decírselo
hosts-nothing = Todavía no hay nada escrito aquí.
report-title = Reportar este mensaje
report-text = Solo moderación ve el reporte, con el mensaje adjunto. Nunca { $name }.
report-reason = ¿Qué tiene de malo? (puedes dejarlo vacío)
report-send = Reportar
report-heard = Moderación tiene el reporte. Gracias por cuidar esta sala.
report-unheard = En este momento no hay nadie más de moderación, así que nadie ha visto el reporte todavía. Quienes lleguen verán que lo hiciste.

## Quién está aquí

people-title = Quién está aquí
people-more = { $count ->
    [one] y 1 persona más
   *[other] y { $count } personas más
  }
role-facilitator = Facilita
role-moderator = Modera
role-member = Participa
role-listener = Escucha
hats = Dar una tarea…
hats-title = Tareas de { $name }
hat-greeter = Bienvenida
does-greeter = Ve quién espera en la puerta y deja entrar
hat-timekeeper = Tiempo
does-timekeeper = Da más tiempo a una parte o a quien comparte
hat-reader = Lectura
does-reader = Ve lo que se lee en voz alta y puede escribir donde habla quien guía
hat-mentor = Mentoría
does-mentor = Se nombra como alguien a quien acudir
hat-successor = Relevo
does-successor = Puede guiar cuando no está nadie que lo haga
is-away = ausente
is-muted = en silencio
is-hidden = oculto para ti
hide = Ocultar sus mensajes, para mí
hidden-show = Mostrar de nuevo
hidden-off = Mostrar de nuevo sus mensajes
hidden-show-name = Mostrar de nuevo los mensajes de { $name }
hidden-toast = Ya no ves lo que escribe { $name }. Nadie más lo sabe.
word-warning = Unas palabras de moderación
word-listener = Alguien de moderación te pidió que por ahora escuches
word-first = Tu primer mensaje no se envió a la sala
first-sent-back = Quienes guían lo leyeron y esta vez no lo dejaron pasar. Tus palabras están de nuevo en tu mensaje: cámbialas o escribe otra cosa.
word-private = Solo tú ves esto.
word-read = Ya lo leí
person-more = Más opciones para { $name }

## Las herramientas de moderación

freeze = Pausar
freeze-hint = Detiene toda escritura y entrada, y cubre el último minuto
raid = Si alguien altera la reunión
sweep = Enviar a quienes llegaron hace poco a la sala de espera
sweep-hint = Quien entró hace poco espera en la puerta hasta que le dejes entrar. Quienes ya estaban siguen.
sweep-minutes = { $count ->
    [one] del último minuto
   *[other] de los últimos { $count } minutos
  }
sweep-do = Enviar
sweep-retract = Retirar todo lo que dijeron
sweep-undo = { $count ->
    [one] Dejar entrar de nuevo a esa persona
   *[other] Dejar entrar de nuevo a las { $count } personas
  }
swept-toast = { $count ->
    [one] 1 persona está ahora
   *[other] { $count } personas están ahora
  } en la sala de espera. Desde ahora, quien llega espera allí.
swept-retracted = { $count ->
    [one] Se retiró 1 mensaje.
   *[other] Se retiraron { $count } mensajes.
  }
swept-undone = Están de nuevo en la sala.
swept-nobody = Nadie entró { $minutes ->
    [one] en el último minuto.
   *[other] en los últimos { $minutes } minutos.
  }
unfreeze = Quitar la pausa
needs-you = Te espera
needs-nobody = Nada te está esperando.
at-the-door = En la puerta
marked = Parece la red de alguien a quien se vetó aquí
admit = Dejar entrar
deny = Ahora no
denied-one = No entra.
admit-held = Quien llega espera hasta que esté alguien que guíe.
admit-moderators = Sobre esta persona decide moderación.
admit-all = Dejar entrar a toda la gente
admit-unmarked = Dejar entrar a quienes no tienen marca
first-messages = Los primeros mensajes, primero a ti
first-messages-hint = Quien acaba de llegar te saluda primero a ti; tú lo dejas pasar
first-waits = Hay primeros mensajes que te esperan.
first-look = Leerlos
first-of = Un primer mensaje de { $name }
first-let-through = Dejar pasar
first-not-this = Este no
first-through-toast = Ya pasó. Desde ahora escribe como toda la gente.
first-back-toast = Se le dijo con amabilidad, y puede escribir de nuevo.
lobby-talk-to = Escribir
lobby-talk-to-name = Escribir a { $name }
lobby-talk-begun = Alguien ya le escribió.
deny-all = Por ahora, no dejar entrar a nadie
denied-all = { $count ->
    [one] 1 persona no entra.
   *[other] { $count } personas no entran.
  }
admitted-toast = { $name } está dentro.
admitted-all-toast = { $count ->
    [one] 1 persona está dentro.
   *[other] { $count } personas están dentro.
  }
sent-back = Están de nuevo en la sala de espera.
sent-back-toast = { $name } está de nuevo en la sala de espera.
sent-back-gone = Ya no están aquí.
came-back-toast = { $name } está de nuevo en la sala.
call-help = { $name } pide ayuda
call-help-lobby = { $name } pide ayuda, en la sala de espera
call-waits-again = { $name } espera ayuda otra vez: ahora nadie le acompaña.
caller-gone = { $name } pidió ayuda y se ha ido.
caller-gone-alone = Nadie había respondido todavía.
caller-gone-answered = Alguien había estado a su lado.
line-caller-gone = Se ha ido de la reunión, y la línea se ha cerrado.
call-take = Acompañar
call-open = Abrir la línea
call-taken-by-you = Lo tomaste tú
call-taken-by = Lo tomó { $name }
call-not-taken = Nadie lo ha tomado
give-back = Devolver
call-report = Se reportó a { $name }
call-report-somebody = Se reportó un mensaje
call-words-gone = Sus palabras ya no se guardan. Quien lo reportó puede contártelo.
report-take = Lo miro yo
report-acted = Listo, y se actuó
report-no-action = Dejado como está
report-was-closed = Reporte cerrado.
report-closed-toast = Se avisó a quien lo reportó.
call-question = Una pregunta, sin nombre
call-reason = Por qué:
call-done = Listo
call-was-done = Pregunta atendida.
the-room = La sala
lock = Cerrar la puerta
lock-hint = No entra nadie nuevo
lobby = Sala de espera
lobby-hint = Quien llega espera hasta que le dejes entrar
lobby-by-itself = Se activó sola, porque llegó mucha gente a la vez. Se desactiva cuando haya calma o cuando lo digas
wave = Llegó mucha gente a la vez.
wave-text = Quienes ya estaban siguen; quien llega espera en la sala de espera hasta que haya calma. { $count ->
    [0] Nadie espera.
    [one] Espera 1 persona.
   *[other] Esperan { $count } personas.
  }
wave-undo = Todo está bien: que entren
wave-sweep = Es un ataque: que salga quien llegó hace poco
slow = Modo lento
slow-hint = Una pausa entre dos mensajes de una persona
slow-off = No
slow-seconds = { $seconds ->
    [one] 1 segundo
   *[other] { $seconds } segundos
  }
slow-minutes = { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
  }
members-link = Enlace para participantes
members-link-hint = Comparte este. Quien tenga el tuyo podrá facilitar la reunión.
copy = Copiar
copied = Copiado.
close-meeting = Cerrar la reunión
close-sure = ¿Cerrar la reunión para toda la sala?
close-sure-text = Todas las personas ven la página de cierre, y se borra todo lo que se dijo. Esto no se puede deshacer.
close-call-waits = { $name } ha pedido ayuda y todavía no ha respondido nadie.
close-call-with = { $name } ha pedido ayuda y alguien le acompaña.
warn = Escribir unas palabras en privado…
warn-title = Unas palabras en privado para { $name }
warn-text = Solo esa persona las ve. Nada muestra quién las escribió.
warn-field = Lo que quieres que sepa
warn-yes = Enviar
warned-toast = { $name } tiene tus palabras.
to-listener = Pedir que escuche por ahora…
to-listener-title = ¿Pedir a { $name } que escuche por ahora?
to-listener-text = Sigue en la sala: lee, reacciona y puede pedir ayuda, y no escribe. Nada muestra quién lo pidió.
to-listener-field = Unas palabras en privado para esa persona (puedes dejarlo vacío)
to-listener-word = Puedes leer con toda confianza.
to-listener-yes = Pasar a escucha
to-listener-toast = { $name } escucha por ahora.
to-member = Dejar que escriba
to-member-toast = { $name } ya puede escribir.
to-lobby = Enviar de nuevo a la sala de espera
mute-ten = Silenciar 10 minutos
unmute = Quitar el silencio
retract-any = Retirar para toda la sala
rename = Dar otro nombre
rename-title = Otro nombre para { $name }
rename-field = Nombre nuevo
rename-save = Cambiar el nombre
make-moderator = Que modere
make-member = Que ya no modere
remove = Retirar de la sala…
remove-with = Retirar, con todos sus mensajes…
ban-now = Vetar ya, y retirar todo lo que dijo
ban = Vetar…
ban-title = ¿Vetar a { $name }?
ban-text = Ve una pantalla de cierre con tus palabras. Si vuelve, espera en la sala de espera, y tú ves una marca a su lado.
ban-yes = Vetar
remove-title = ¿Retirar a { $name }?
remove-text = Ve una pantalla de cierre con tus palabras y puede pedir volver por la sala de espera.
remove-retract = Retirar todos sus mensajes
remove-retract-hint = De los últimos minutos, para toda la sala
remove-ban-check = Vetar en esta reunión
remove-ban-hint = Si vuelve, espera en la sala de espera, con una marca
remove-reason = Unas palabras en privado para esa persona (puedes dejarlo vacío)
remove-yes = Retirar
removed-toast = { $name } ya no está en la sala.
removed-toast-with = { $name } ya no está en la sala; { $count ->
    [one] se retiró 1 mensaje
   *[other] se retiraron { $count } mensajes
  }.
muted-toast = { $name } está en silencio por 10 minutos.
unmuted-toast = { $name } puede escribir de nuevo.
appointed-moderator = { $name } modera desde ahora.
appointed-member = { $name } ya no modera.
floor-given = { $name } tiene la palabra.
hands-wait = { $name } tiene la mano levantada{ $count ->
    [0] { "." }
    [one] { ", y 1 persona más." }
   *[other] , y { $count } personas más.
  }
for-hosts = Para ti
freeze-key = Alt + Mayús + F (en el Navegador Tor: Ctrl + Mayús + F) pausa la sala desde cualquier sitio. En la lista de lo que se dice, las flechas e Intro abren lo que se puede hacer con un mensaje.
sound = Un sonido discreto
sound-hint = Cuando alguien pide ayuda, avisa, pregunta o llama a la puerta. Solo aquí.
doings = Lo que hiciste aquí ({ $count })
doings-hint = Solo en esta pestaña. Dice qué hiciste y por quién, nunca lo que se dijo, y se va con la reunión.
did-mute = Silencio de 10 minutos para { $name }
did-unmute = Fin del silencio de { $name }
did-to_listener = { $name } escucha, a petición tuya
did-to_member = { $name } puede escribir
did-appoint-moderator = { $name } modera
did-appoint-member = { $name } ya no modera
did-freeze-on = Sala en pausa
did-freeze-off = Fin de la pausa
did-lock-on = Puerta cerrada
did-lock-off = Puerta abierta de nuevo
did-lobby-on = Sala de espera activada
did-lobby-off = Sala de espera desactivada
did-admit-one = Dejaste entrar a { $name }
did-admit-all = Dejaste entrar a quienes esperaban
did-admit-swept = Dejaste volver a quienes pasaron a la sala de espera
did-deny-one = No dejaste entrar a { $name }
did-deny-all = No dejaste entrar a quienes esperaban
did-sweep-newcomers = Mandaste a la sala de espera a quienes acababan de llegar
did-sweep-one = Mandaste de nuevo a { $name } a la sala de espera
did-sweep-some = Mandaste de nuevo a la sala de espera a quienes habías dejado entrar
did-first_messages-on = Primeros mensajes, primero a ti: activado
did-first_messages-off = Primeros mensajes, primero a ti: desactivado
did-first_answer-through = Dejaste pasar el primer mensaje de { $name }
did-first_answer-back = Devolviste a { $name } su primer mensaje
did-sign = Una señal con la mano
did-slow = Cambio del modo lento
did-extend = Más tiempo para la reunión
did-help_take-taken = Atendiste una petición de ayuda
did-help_take-back = Devolviste una petición de ayuda
did-help_close = Cerraste una petición de ayuda
did-report_take-taken = Miraste un aviso
did-report_take-back = Devolviste un aviso
did-report_close = Cerraste un aviso
did-retract = Retiraste un mensaje para todo el mundo
did-rename = Otro nombre para { $name }
did-warn = Una palabra en privado a { $name }
did-remove-only = Retiraste a { $name }
did-remove-ban = Vetaste a { $name }
retracted-toast = Retirado para toda la sala.
renamed-toast = Se cambió el nombre.
undo = Deshacer

## Fallos

error-offline = No hay conexión. Vuelve sola; inténtalo de nuevo entonces.
error-no-answer = No llegó ninguna respuesta. Inténtalo de nuevo, por favor.

## Lo que el servidor dice en inglés (chatserver/wire/codes.py y call_views.py)

refused-bad_payload = Esta página y el servidor no se entienden. Vuelve a cargar la página e inténtalo de nuevo.
refused-unknown_event = El servidor no conoce este pedido. Vuelve a cargar la página e inténtalo de nuevo.
refused-unknown_room = No hay ninguna sala en esta dirección. Revisa el enlace o pregunta a quien te lo dio.
refused-not_open = Esta sala todavía no está abierta. Se abre cuando empieza su reunión.
refused-closed = Esta reunión terminó y no se guardó nada de ella. Te esperamos en la próxima.
refused-full = La sala está llena. Inténtalo de nuevo dentro de un rato.
refused-locked = La sala está cerrada por ahora, para que quienes están adentro hablen con tranquilidad. Inténtalo más tarde.
refused-frozen = Alguien de moderación puso la sala en pausa un momento. Tus palabras se quedan aquí; inténtalo de nuevo en breve.
refused-knock_later = La sala de espera no recibe más pedidos de tu red por un rato. Puede que no tenga nada que ver contigo; inténtalo más tarde.
refused-invite_needed = Este grupo se reúne por invitación. Abre completo el enlace que te dieron.
refused-key_needed = Para guiar o moderar aquí necesitas el enlace que se hizo para eso.
refused-bad_key = Este enlace no funciona aquí. Pide uno nuevo o entra sin él.
refused-key_used = Este enlace ya se usó. Pide uno nuevo o entra sin él.
refused-link_in_use = Este enlace lo está usando alguien que está aquí. Pide uno para ti o entra sin él.
refused-seat_gone = Tu lugar en la sala ya no está reservado. Puedes entrar de nuevo.
refused-removed = Alguien de moderación terminó tu visita. Puedes pedir volver por la sala de espera.
refused-not_joined = No estás en ninguna sala. Primero entra.
refused-already_joined = Ya estás en una sala con esta conexión. Primero sal de ella.
refused-waiting = Estás en la sala de espera hasta que alguien de moderación te deje entrar. Mientras tanto puedes pedir ayuda.
refused-listening = Estás aquí para escuchar: puedes leer y reaccionar. Para escribir, entra de nuevo como participante.
refused-muted = Alguien de moderación te silenció por ahora. Puedes seguir leyendo y pedir ayuda en privado.
refused-slow = La sala está en modo lento. Tus palabras se quedan aquí; envíalas cuando termine la cuenta atrás.
refused-not_your_turn = Es el turno de otra persona. Tus palabras se quedan aquí; levanta la mano y te darán la palabra.
refused-silence = La sala comparte un momento de silencio. Tus palabras se quedan aquí hasta que termine.
refused-no_turns = En esta parte de la reunión no hay turnos, así que no hay palabra que dar.
refused-no_such_segment = La agenda no tiene esa parte. Elige otra.
refused-cannot_speak = Esta persona no puede hablar en este momento: está ausente, en silencio o solo escucha. Da la palabra a otra.
refused-poll_running = Todavía hay una pregunta abierta. Cuéntala primero; después haz la siguiente.
refused-no_such_poll = Esta pregunta ya no está abierta.
refused-voted = Tu respuesta ya se contó. No se puede cambiar, porque nadie guarda de quién era.
refused-too_fast = Eso fue un poco rápido. Tus palabras se quedan aquí; inténtalo de nuevo en un momento.
refused-first_message = Aquí quienes guían leen antes los primeros mensajes. Ya tienen el tuyo; sale en cuanto lo dejen pasar.
refused-repeated = Esto se dijo hace un momento, así que ya lo tiene toda la sala. Dilo con otras palabras o déjalo por ahora.
refused-work_needed = Llega mucha gente a la vez. Tu página demuestra que no es una máquina; tarda un momento. Inténtalo de nuevo.
refused-empty = En este texto no hay nada que ver. Escribe algo primero.
refused-too_long = Este texto es demasiado largo. Acórtalo o envíalo en dos partes.
refused-wall = Esto llenaría la página para toda la sala. Tus palabras se quedan aquí; acórtalo y envíalo de nuevo.
refused-bad_text = Este texto tiene un carácter dañado. Quítalo y envíalo de nuevo.
refused-bad_name = Este nombre no se puede mostrar. Elige otro, de hasta 32 caracteres.
refused-name_taken = Alguien aquí tiene este nombre o uno que se le parece. Elige otro.
refused-name_reserved = Este nombre está reservado para quienes guían la reunión. Elige otro.
refused-not_allowed = Tu papel en esta sala no permite eso.
refused-no_such_seat = Esa persona ya no está.
refused-no_such_message = Ese mensaje ya no está.
refused-not_yours = Un mensaje solo lo puede retirar quien lo escribió o alguien de moderación.
refused-bad_proof = Estas palabras no son las que se enviaron, así que no se pueden reportar. Reporta el mensaje mismo.
refused-no_such_call = Esta línea privada está cerrada. Pide ayuda de nuevo para abrir otra.
refused-no_such_report = Este reporte ya se atendió.
refused-taken = Otra persona de moderación ya lo tomó. Puedes seguir leyendo y escribiendo aquí.
refused-next_meeting = A esa hora empieza la próxima reunión de esta sala, así que esta no puede durar más.
refused-led = Ya está aquí alguien que guía, así que no hace falta tomar el relevo.
refused-held = No está nadie que guíe, así que quien llega espera en la puerta hasta que haya alguien.
refused-unavailable = El servidor no puede hacer esto en este momento. Tus palabras se quedan aquí; inténtalo de nuevo en un momento.
refused-denied = Alguien de moderación no pudo dejarte entrar en este momento. Esto no dice nada de ti. Te esperamos en otra reunión.
outcome-acted = Gracias. Alguien de moderación miró lo que reportaste y actuó.
outcome-no_action = Gracias. Alguien de moderación miró lo que reportaste y lo dejó como está. Puedes ocultar a esa persona para ti o pedir ayuda en privado.
