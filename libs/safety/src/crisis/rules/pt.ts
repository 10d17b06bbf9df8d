import { crisisRules } from '../rule.ts'

export const portuguese = crisisRules('pt', {
  imminent: {
    comprimidos:
      '(tomei|engoli|acabei de tomar|acabei de engolir) (todos|todas|um frasco|uma caixa|uma cartela|muitos|vários) ~3 (comprimidos|remédios|pílulas|medicamentos|frasco|calmantes)',
    meios:
      '(comprimidos|remédios|corda|arma|faca|lâmina|gilete) (está|estão|tá|tão) ~1 (na minha frente|pronta|prontos|na minha mão|do meu lado|carregada)',
    carta: '(carta|cartas|bilhete) (de despedida|de suicídio|suicida)',
    'ultima-mensagem':
      '(esta é|essa é|este é|estas são|essas são) (a minha|minha|o meu|meu|as minhas|minhas) (última mensagem|despedida|adeus|últimas palavras|última noite|último dia)',
    ponte: '(estou|tô|em pé|sentado|sentada) ~1 (na beira|no parapeito|nos trilhos|no alto da ponte|na beirada)',
    amanha: '(amanhã|em breve) (já)? não (estarei|vou estar) (mais)? (aqui|viva|vivo)',
    pulsos: '(cortar|cortei|cortado) (os|meus|os meus) pulsos',
  },
  high: {
    'quero-morrer!':
      '(quero|queria|desejo|prefiro|preferia|vontade de|vou|preciso|gostaria de) (só|apenas|muito|mesmo|logo)? (morrer|estar morto|estar morta|não existir|deixar de existir|deixar de viver|parar de viver|não acordar mais|sumir para sempre|acabar com a minha vida|acabar com minha vida|acabar com tudo|me matar|tirar a minha vida|tirar minha vida|suicidar)',
    'me-matar!':
      '(me matar|me mato|matar me|suicidar me|me suicidar|me enforcar|enforcar me|dar um tiro na cabeça|tirar a minha própria vida|tirar minha própria vida|me jogar (da|do|de|na frente|debaixo)|atirar me (da|de|para)|pôr fim à minha vida)',
    'acabar!': '(acabar|terminar|pôr fim|dar fim) (com|à|a) (a)? (minha vida|minha existência|meu sofrimento)',
    pensamentos: '(pensamentos|ideias|ideação) (suicidas|suicida|de suicídio|de morte)',
    'pensar-suicidio':
      '(penso|pensando|pensado|pensei) (muito|sempre|todo dia)? (em|no) (suicídio|me matar|morrer|tirar minha vida|morte)',
    tentei: '(tentativa de suicídio|tentei (me matar|me suicidar|suicídio))',
    'nao-viver':
      '(já)? não (quero|aguento|consigo|desejo) (mais)? (viver|existir|acordar|estar viva|estar vivo|estar aqui|ficar viva|ficar vivo) (mais)?',
    'sem-razao':
      '(não tenho|sem|nenhum|nenhuma|não vejo|perdi a) (mais)? (razão|razões|motivo|motivos|vontade|sentido) (para|pra|de|em) (viver|continuar vivendo|continuar vivo|continuar viva)',
    'melhor-sem-mim':
      '(melhor|mais felizes) (sem mim|se eu (morresse|sumisse|não existisse|estivesse morto|estivesse morta)|morto|morta)',
    'queria-nao-nascer': '(queria|preferia) (nunca|não) (ter)? (nascido|existir|acordar mais)',
    'nao-acordar': '(dormir|adormecer) e (nunca mais|não|não mais) acordar',
    'nao-vale': '(vida|viver) (já)? não (vale a pena|faz sentido|tem sentido|vale mais)',
    cortar:
      '(me corto|me cortei|me cortar|me cortando|automutilação|automutilar|autolesão|me machucar de propósito|me mutilar)',
  },
  low: {
    'nao-aguento': '(já)? não (aguento|suporto|consigo) mais',
    sumir:
      '(quero|queria|vontade de) (só)? (sumir|desaparecer|que tudo acabe|que isso pare|dormir para sempre|dormir pra sempre)',
    'sem-saida': '(não vejo|não há|não tem|sem|nenhuma) (saída|esperança|futuro)',
    peso: '(sou|ser) (só)? um (peso|fardo|estorvo) (para|pra)?',
    ninguem: '(ninguém) (vai|iria) (sentir minha falta|sentir a minha falta|notar|se importar)',
    'nada-sentido': 'nada (mais)? (faz sentido|vale a pena|importa)',
    'me-odeio': '(me odeio|odeio minha vida|odeio a minha vida)',
    suicidio: '(suicídio|suicidar)',
  },
})
