/// A chain daemon's answer, as a node or a seed hands it out.
struct OxendAnswer<Result: Decodable & Sendable>: Decodable, Sendable {
    let result: Result
}
