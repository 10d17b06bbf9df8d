import { crisisRules } from '../rule.ts'

export const german = crisisRules('de', {
  imminent: {
    tabletten:
      '(habe|hab) ~3 (alle|viele|eine packung|eine ganze packung|zu viele|eine handvoll) ~2 (tabletten|pillen|schlaftabletten|schmerztabletten|medikamente) ~1 (genommen|geschluckt|eingenommen)',
    'mittel-bereit':
      '(tabletten|pillen|strick|seil|pistole|messer|klinge|rasierklinge) (liegt|liegen|ist|sind|hängt) ~2 (vor mir|bereit|neben mir|in meiner hand|um meinen hals|geladen)',
    abschiedsbrief: '(abschiedsbrief|abschiedsbriefe) ~1 (geschrieben|schreibe|schreiben|fertig|liegt|an meine)',
    'letzte-nachricht':
      '(das ist|dies ist|das sind) (meine|mein) (letzte nachricht|letzten worte|abschied|letzter abend|letzter tag)',
    brücke: '(stehe|steh|sitze) ~1 (auf der brücke|auf dem dach|auf den gleisen|am geländer|am abgrund|an den gleisen)',
    'morgen-nicht': '(morgen|bald) (bin ich|werde ich) (nicht mehr da|tot|nicht mehr leben|nicht mehr hier)',
    plan: '(habe|hab) (einen|meinen) plan (mich umzubringen|zu sterben|für meinen tod|mir das leben zu nehmen)',
    adern: '(pulsadern|handgelenke) (aufgeschnitten|aufschneiden|aufgeritzt)',
  },
  high: {
    'will-sterben!':
      '(will|möchte|moechte|wollte|würde|würde gern|würde gerne|werde) (ich)? (nur|nur noch|einfach|einfach nur|endlich|lieber|am liebsten|heute)? (noch)? (sterben|tot sein|nicht mehr leben|nicht mehr existieren|nicht mehr da sein|nicht mehr aufwachen|nicht mehr hier sein|mein leben beenden)',
    'sterben-will!':
      '(sterben|tot sein|nicht mehr leben|nicht mehr existieren|nicht mehr da sein|nicht mehr aufwachen|mein leben beenden) (will|möchte|moechte|wollen)',
    'mich-umbringen!':
      '(mich|mir) ~1 (umbringen|umzubringen|umbringe|töten|toeten|erhängen|erhaengen|aufhängen|erschießen|ertränken|vergiften|das leben nehmen|das leben zu nehmen|was antun|etwas antun|die kugel geben|vor den zug werfen|vor einen zug werfen|vor die bahn werfen|vom dach stürzen)',
    'bringe-mich-um!': '(bring|bringe) mich ~1 um',
    selbstmord: '(selbstmord|suizid) (begehen|machen|nachdenken|denke|versucht|versuch)',
    'gedanken-an':
      '(denke|gedanken|nachdenken|nachgedacht|nachdenke) (oft|ständig|viel|immer|nur)? (an|über) (selbstmord|suizid|den tod|das sterben|meinen tod)',
    suizidal:
      '(suizidal|selbstmordgefährdet|suizidgedanken|selbstmordgedanken|selbstmordversuch|suizidversuch|lebensmüde)',
    'ende-machen!': '(meinem|dem) leben ein ende (setzen|machen|bereiten)',
    'schluss-machen!': 'schluss machen mit (dem|meinem) leben',
    'wünschte-tot': '(wünschte|wuenschte|wäre) ich (wäre|waere|lieber|doch)? (tot|nie geboren|nicht mehr da|gestorben)',
    'besser-ohne-mich':
      '(ohne mich (besser|wären alle|geht es allen|wäre)|besser (dran|wenn ich) (ohne mich|tot|nicht mehr|weg) (wäre|da)?)',
    'kein-grund':
      '(keinen|kein|keine) (grund|sinn|lust|kraft) (mehr)? (im leben|zu leben|zum leben|weiterzuleben|am leben|auf das leben|auf mein leben|für das leben)',
    sinnlos: '(leben|alles) (hat|macht|ist) (für mich)? (keinen sinn|sinnlos|nicht lebenswert|nicht mehr lebenswert)',
    'nicht-aufwachen': '(einschlafen|schlafen) und (nie|nicht|nie wieder|nicht mehr|nie mehr) (mehr|wieder)? aufwachen',
    ritzen: '(ritze|ritzen|geritzt|schneide|verletze|verletzen|verbrenne) (mich|mir)',
    'mich-ritzen':
      '(mich|mir) (wieder|selbst|heute|gestern)? (geritzt|ritzen|selbst verletzen|selbst verletzt|selbst verletze|in den arm geschnitten|die arme aufgeschnitten)',
    selbstverletzung: '(selbstverletzung|selbst verletzung|svv)',
  },
  low: {
    'kann-nicht-mehr': 'ich kann (einfach|echt|wirklich)? nicht mehr (weiter|weitermachen|so)?',
    verschwinden:
      '(will|möchte|würde am liebsten) (einfach|nur)? (verschwinden|weg sein|dass es aufhört|dass alles aufhört|dass alles vorbei ist|für immer schlafen)',
    'keine-kraft': '(keine kraft|keine hoffnung|keinen ausweg|keine zukunft) (mehr)? (habe|sehe|für mich|weiter)?',
    last: '(nur|bloß|allen) (eine|zur) last',
    'allen-egal': '(niemand|keiner|keinen) (würde|wird) (mich vermissen|es merken|interessieren)',
    'hasse-mich': 'ich hasse (mich|mein leben)',
    'selbstmord-wort': '(selbstmord|suizid)',
    'alles-egal': 'mir ist alles egal',
  },
})
