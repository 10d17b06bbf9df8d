import { crisisRules } from '../rule.ts'

export const spanish = crisisRules('es', {
  imminent: {
    pastillas:
      '(me he tomado|me tomé|tomé|acabo de tomar|acabo de tomarme|me tragué|tragué) (todas|todo|un frasco|una caja|un bote|demasiadas|muchas) ~3 (pastillas|píldoras|medicamentos|frasco|tranquilizantes)',
    medios:
      '(pastillas|soga|cuerda|pistola|cuchillo|navaja|hojilla) (está|están|la tengo|las tengo|lista|listas) ~1 (delante de mí|lista|listas|en la mano|a mi lado|cargada|enfrente)',
    carta: '(carta|cartas|nota) (de despedida|de suicidio|suicida)',
    'ultimo-mensaje':
      '(este es|esta es|estas son) (mi|mis) (último mensaje|últimas palabras|despedida|última noche|último día)',
    puente:
      '(estoy|parado|parada|sentado|sentada) ~1 (en el borde|al borde del puente|en la cornisa|en las vías|en la azotea)',
    manana: '(mañana|pronto) (ya)? no (estaré|voy a estar) (aquí|viva|vivo|más)',
    venas: '(cortarme|cortado|corté|abrirme|cortar) las venas',
  },
  high: {
    'quiero-morir!':
      '(quiero|quisiera|deseo|prefiero|preferiría|ganas de|voy a|quería|necesito|me gustaría) (solo|solamente|ya|de verdad|simplemente)? (morir|morirme|estar muerto|estar muerta|dejar de existir|dejar de vivir|no existir|no despertar|no vivir más|desaparecer para siempre|acabar con mi vida|acabar con todo|terminar con mi vida|terminar con todo|quitarme la vida|matarme|suicidarme)',
    'matarme!':
      '(matarme|suicidarme|ahorcarme|colgarme|pegarme un tiro|quitarme la vida|tirarme (de un|del|al|de la) (puente|balcón|tren|edificio|metro|ventana)|envenenarme|me voy a matar|me quiero morir|me quiero matar|me mato)',
    'acabar!': '(acabar|terminar|poner fin) (con|a) (mi vida|mi existencia|mi sufrimiento)',
    suicida: '(pensamientos|ideas|ideación) (suicidas|suicida|de suicidio|de muerte)',
    'pensar-suicidio':
      '(pienso|pensando|pensado|he pensado) (mucho|siempre)? en (el suicidio|suicidarme|matarme|la muerte|quitarme la vida|morir)',
    intento: '(intento de suicidio|intenté (matarme|suicidarme|quitarme la vida))',
    'no-vivir':
      '(ya)? no (quiero|puedo|deseo) (seguir)? (vivir|viviendo|existir|despertar|estar viva|estar vivo|estar aquí|estar en este mundo) (más)?',
    'sin-razon':
      '(no tengo|sin|ninguna|no encuentro|perdí las|no hay) (razón|razones|motivo|motivos|ganas|sentido) (para|de|en) (vivir|seguir viviendo|la vida|seguir aquí)',
    'mejor-sin-mi':
      '(mejor|más felices) (sin mí|si yo no (estuviera|existiera)|si (me muero|muriera|no existiera|desapareciera)|muerto|muerta)',
    'ojala-muerto':
      '(ojalá|quisiera|desearía) (estuviera|estar|no haber|nunca haber|me) (muerta|muerto|nacido|muera|muriera)',
    'no-despertar': '(dormir|dormirme|acostarme) y (no|nunca|no volver a|ya no) (volver a)? despertar',
    'no-vale-la-pena': '(vida|vivir) (ya)? no (vale la pena|tiene sentido)',
    cortarme:
      '(cortarme|me corto|me corté|autolesionarme|autolesión|autolesiones|me autolesiono|hacerme daño|me hago daño|lastimarme)',
  },
  low: {
    'no-puedo-mas': '(ya)? no (puedo|aguanto|doy) más',
    desaparecer:
      '(quiero|quisiera|ganas de) (solo)? (desaparecer|que todo termine|que todo acabe|que pare|dormir para siempre)',
    'sin-salida': '(no veo|no hay|sin|ninguna) (salida|esperanza|futuro|escapatoria)',
    carga: '(soy|ser) (solo)? una (carga|molestia) (para)?',
    'nadie-me': '(nadie|a nadie) (me)? (extrañaría|echaría de menos|le importo|le importaría|notaría)',
    'nada-sentido': 'nada (tiene sentido|vale la pena|importa ya)',
    'me-odio': '(me odio|odio mi vida)',
    suicidio: '(suicidio|suicidarse|suicida)',
  },
})
