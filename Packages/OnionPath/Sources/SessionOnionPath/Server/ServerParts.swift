import SessionInterfaces

/// The frame of requests to servers and of their answers: a bencoded list of a head and perhaps a body.
enum ServerParts {
    /// The one or two byte strings of which `bytes` are a list; nil for anything else.
    static func read(_ bytes: [UInt8]) -> [[UInt8]]? {
        // The list itself counts as a value.
        let parts = Bencoded(bytes, tolerating: .leadingZeros, maximumCount: 3)?.strings
        return parts?.isEmpty == false ? parts : nil
    }
}
