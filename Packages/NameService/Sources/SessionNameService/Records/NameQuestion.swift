/// The question for a name's record. It says the hash of the name, not the name.
/// Follows protocol document 05, sections 1.8 and 2.3.
public enum NameQuestion {
    /// The question for the account behind `name`, as a node's storage RPC takes it.
    public static func document(for name: SessionName) -> [UInt8] { document(for: name.ledgerName) }

    /// The question for what is behind `name`, as a node's storage RPC takes it.
    public static func document(for name: LedgerName) -> [UInt8] {
        // Base64 needs no escaping in JSON.
        let lookUp = #"{"name_hash":"\#(name.base64Hash)","type":\#(name.type.rawValue)}"#
        return Array(#"{"method":"oxend_request","params":{"endpoint":"ons_resolve","params":\#(lookUp)}}"#.utf8)
    }

    /// The same question, as a daemon's JSON-RPC takes it.
    public static func daemonDocument(for name: LedgerName) throws -> [UInt8] {
        try RPCQuestion.document(OxenDaemon.LookUp.method, OxenDaemon.LookUp(name))
    }
}
