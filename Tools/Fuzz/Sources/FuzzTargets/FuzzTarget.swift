/// A wire type: how any bytes are read as it, and where good bytes to begin with are found.
struct FuzzTarget: Sendable {
    /// The name on the command line.
    let name: String
    /// Good bytes to begin with.
    let seeds: [SeedSource]
    /// Reads the bytes, and whatever is computed from them. Errors of the layer are the expected outcome; everything else
    /// traps.
    let read: @Sendable ([UInt8]) throws -> Void

    static let all: [FuzzTarget] =
        [
            content, directMessage, directPlaintext, postQuantumMessage, groupPlaintext, communityMessage,
            communityRequest, pushPayload,
        ]
        + [bencode, onionLayer, serverResponse, swarmAnswer]
        + [recoveryPhrase, publicKeys, sealedBytes]

    static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// The texts of one name in a file of known answers.
struct SeedSource: Sendable {
    enum Form: Sendable { case hexadecimal, base64, text }

    let file: String
    let member: String
    let form: Form

    init(_ file: String, _ member: String, _ form: Form = .hexadecimal) {
        self.file = file
        self.member = member
        self.form = form
    }
}
