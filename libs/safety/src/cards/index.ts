export { type CardChoice, cardAsText, crisisCard } from './crisis-card.ts'
export { compiledOn as resourcesCompiledOn, type Region, type Resource, regions } from './resources.ts'
