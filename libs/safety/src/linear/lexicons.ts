/**
 * Topics by their words, as stems (`*` at the end: any ending). They say what a text is about, not whether it is harmful:
 * the model weighs them, alone and beside each other. Written for this model from general knowledge, English.
 */
export const lexicons = {
  minor:
    'child children kid kids minor minors underage teen teens teenage* preteen* toddler* infant* baby babies schoolgirl* schoolboy* loli lolita* shota* pedo* paedo* pubescent prepubescent kindergart* preschool* elementary boy boys girl girls daughter* son sons niece* nephew* stepdaughter* stepson* stepsis* little youngster* juvenile* grader* freshman highschool* puberty jailbait cub virgin*',
  sexual:
    'sex sexy sexual* sexually fuck* fucker* cock cocks dick dicks penis* pussy pussies cunt* vagina* clit* tit tits titties boob* breast* nipple* ass asses asshole* butt butts anal anus cum cums cumming cumshot* semen sperm orgasm* climax* moan* thrust* lick* suck* blowjob* handjob* deepthroat* masturbat* jerk* horny aroused arousal erect* erection* boner* hard-on naked nude* nudes topless strip* undress* lingerie panties bra thong porn* erotic* erotica hentai fetish* kink* bdsm bondage dominat* submissive slave spank* whip* dildo* vibrator* condom* intercourse penetrat* slut* whore* hooker* prostitut* escort* bang banged gangbang* threesome* orgy incest* seduc* lust* wet throbbing bulge crotch genital* testicle* balls creampie* squirt* milf* nsfw onlyfans camgirl* stripper* hump* grope* fondl* caress* bosom* labia shaft hymen rape* rapist* molest* ravish* smut lewd nympho* slutty',
  family:
    'mom mother dad father brother sister aunt uncle cousin mommy daddy stepmom stepdad stepbrother stepsister wife husband teacher babysitter priest coach',
  group:
    'jew jews jewish muslim* islam* moslem* black blacks white whites asian* chinese japanese korean* mexican* hispanic* latino* latina* latinx african* arab* indian* pakistani* gypsy gypsies roma romani native* immigrant* migrant* refugee* foreigner* alien* gay gays lesbian* homosexual* homo queer* trans transgender* transsexual* bisexual* lgbt* women woman female* feminist* men males christian* catholic* hindu* buddhist* atheist* disabled autistic retarded deaf blind race races racial* ethnic* minority minorities israeli* palestin* turk* turks russian* polish irish italian* german* americans french europeans caucasian* negro* aboriginal* indigenous zionist* sikh* mormon* elderly crippled cripples midget* dwarf* heterosexual* nonbinary',
  slur: 'nigger* nigga* faggot* fag fags kike* spic spics chink* gook* wetback* beaner* raghead* towelhead* sandnigger* coon coons darkie* tranny trannies dyke* paki pakis jap japs kraut* wop wops dago* gyppo* pikey* retard* mong tard* spaz* cripple* shemale* heeb* yid yids hymie* redskin* squaw* jigaboo* spook spooks porch cracker* honky cuck* libtard* feminazi* thot thots incel* soyboy* sodomite* abbo*',
  demean:
    'stupid dumb idiot* moron* inferior subhuman* animal* ape apes monkey* rat rats vermin cockroach* parasite* filth* filthy dirty scum trash garbage disgusting ugly disease* plague cancer savage* barbar* primitive lazy criminal* thug* terrorist* thief thieves greedy evil demon* devil* satan* unclean impure degenerate* pervert* freak* abomination* worthless pathetic useless loser* pig pigs dog dogs bitch* swine snake* leech* infest* invade* invad* taint* pollut* illiterate uncivilized smelly stink* shithole* weak cowards liar* manipulat* deceit* conspir*',
  hate: 'hate hates hated hatred despise* loathe* detest* supremac* superior* racis* racist* nazi* hitler holocaust auschwitz genocid* ethnic kkk klan lynch* segregat* deport* expel banish* extermin* eradicat* purge* purif* cleanse* cleansing intoleran* bigot* antisemit* islamophob* homophob* xenophob* misogyn* reich aryan* fuhrer swastika* gas gassed oven ovens slave* slavery enslave* colonis* apartheid stereotype* prejudice*',
  kill: 'kill kills killed killing killer* murder* slaughter* massacre* execut* assassin* shoot* shot stab* stabb* strangl* choke* behead* decapitat* hang hanged hanging lynch* burn burned burning bomb* explod* explosi* detonat* shooting* shooter* die dies died dying dead death deaths attack* beat beating beaten punch* kick* hit smash* crush* torture* tortur* mutilat* dismember* rape* poison* drown* slit threat* threaten* revenge* hurt* harm* violence violent* war wars fight* hunt* destroy* annihilat* wipe',
  weapon:
    'gun guns rifle* pistol* ak47 ar-15 knife knives sword* machete* axe hammer bullet* grenade* bomb bombs ied explosive* missile* rocket* blade* weapon* ammo ammunition shotgun* sniper* firearm* molotov* acid',
  gore: 'blood* bloody bleed* gore gory guts intestin* entrails organ organs brain brains skull* flesh bone bones severed limb limbs head heads corpse* cadaver* rotting decay* maggot* wound* gash* eyeball* skin flay* carv* vomit* pus ripped torn tear tore splatter* spurt* spill* gush* scream* agony disembowel* impal* cannibal* eaten chunks',
  selfharm:
    'suicid* cut cutting cuts wrist* razor* overdos* pills self-harm selfharm anorex* bulimi* thinspo* proana starv* purge purging binge* noose hang hanging jump bridge ledge depress* hopeless* worthless* numb empty end ending goodbye burden lonely alone scars scar unalive* kms kys myself',
  terror:
    'isis jihad* terror* al-qaeda qaeda taliban caliphate martyr* infidel* kafir* kuffar* allah* hezbollah hamas boko proud patriot* militia* extremis* radical* manifesto* breivik tarrant columbine* insurrection* uprising revolution* crusade* overthrow',
  crime:
    'hack* steal* stole* rob robbing drug* cocaine heroin meth* weed launder* fraud* scam* counterfeit* smuggl* traffick* bribe* blackmail* extort* stalk* kidnap* abduct* hostage* illegal* forge* phish* malware* ransom* arson* vandal*',
  second: "you you're your yours yourself u ur ya thou y'all",
  first: "i i'm me my mine myself we us our ours i've i'll i'd",
  modal: 'should must need deserve* ought gonna going will shall let lets please have',
  fiction:
    'story stories novel* chapter* character* scene* plot* fiction* fanfic* poem* lyrics film* movie* episode* prompt* write* written* script* dialogue* rpg game games quest* player* wizard* dragon* kingdom* love* kiss* relationship* romance* wedding*',
  news: 'police arrest* court* judge* trial* report* according government* president* minister* election* senate congress law laws policy research* study studies university* history* historic* century victim* survivor* prison* investigat* charged convict* company market* economy technolog* software* code function* data server* website* http https www',
} as const
export type Topic = keyof typeof lexicons
