/// Forms that no deployed client sends yet, and that may still change. They are read where a caller names them, and never
/// written. Follows protocol document 01, sections 3.6 and 3.9.
public struct UnsettledForms: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Messages to an account under keys that change, with a post-quantum key exchange.
    public static let postQuantumMessages = UnsettledForms(rawValue: 1)
    /// What an account's devices tell one another about the keys that they share.
    public static let deviceGroups = UnsettledForms(rawValue: 2)

    /// - Throws: `MessagesError` with `unknownVersion` unless `form` was asked for.
    func require(_ form: UnsettledForms) throws(MessagesError) {
        guard contains(form) else {
            throw MessagesError(.unknownVersion, "the message is in a form that is not settled yet")
        }
    }
}
