/** Words too common to look for, folded as `fold` does; left out of queries only. */
const languages = {
  en: 'a an and are as at be been but by did do does for from had has have he her his how i if in is it its me my no not of on or our she so that the their them then there they this to too us was we were what when where which who why will with you your im dont',
  de: 'aber als am an auch auf aus bei bin bist da das dass dem den der des die doch du ein eine einem einen einer er es fur hat hatte ich ihr im in ist ja kein man mein mich mir mit nach nicht noch nur oder sich sie sind so uber um und uns vom von vor war was wenn wer wie wir wo zu zum zur',
  fr: 'au aux avec ce ces cette dans de des du elle elles en est et ete etre il ils je la le les leur lui ma mais me mes moi mon ne nous on ou par pas pour qu que qui sa se ses son sont sur ta te tu un une vos votre vous',
  es: 'al como con cual cuando de del donde el ella ellos en entre era es esta este fue ha hay la las le les lo los me mi mis muy no nos o para pero por que se si sin sobre son su sus te tu un una y ya yo',
  it: 'ad al alla anche che chi ci come con cosa da dal de degli dei del della di e era gli ha ho il io la le lei li lo loro lui ma mi mia mio ne nel nella noi non per piu quando quello questo se si sono su sua suo te ti tu un una uno voi',
  pt: 'ao aos as com como da das de dela dele do dos e ela ele em entre era essa esse eu foi ha isso ja la mais mas me meu minha muito na nao nas no nos num o os ou para pela pelo por que se sem ser seu sua tem um uma voce',
  ru: 'а без бы был была были было быть в вам вас весь во вот все всего вы где да для до его ее если есть еще же за и из или им их к как ко когда кто ли мне мой мы на не нет но ну о об он она они от по при с со так там то ты у уже что чтобы эта это я',
  hi: 'का के की में है हैं और को से पर यह वह था थी थे मैं तुम हम ने भी तो कि एक हो ही कर इस उस जो',
} as const

export const stopWords: ReadonlySet<string> = new Set(Object.values(languages).flatMap(list => list.split(' ')))
