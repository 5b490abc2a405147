/// An element of a list that others wrote: nil when it is not what it has to be, so that it alone is lost.
struct Tolerant<Value: Decodable & Sendable>: Decodable, Sendable {
    let value: Value?

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
    }
}

/// A boolean that some nodes write as `true` and others as `1`. Follows protocol document 02, section 10.
struct Flag: Decodable, Sendable {
    let isSet: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            isSet = flag
        } else {
            isSet = try container.decode(Int64.self) != 0
        }
    }
}
