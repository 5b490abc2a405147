/// The question for a name's record, as a node's storage RPC takes it. It says the hash of the name, not the name.
/// Follows protocol document 05, section 1.8.
enum NameQuestion {
    /// Type 0 means names of accounts. Base64 needs no escaping in JSON.
    static func document(for name: SessionName) -> [UInt8] {
        let lookUp = #"{"name_hash":"\#(name.base64Hash)","type":0}"#
        return Array(#"{"method":"oxend_request","params":{"endpoint":"ons_resolve","params":\#(lookUp)}}"#.utf8)
    }
}
