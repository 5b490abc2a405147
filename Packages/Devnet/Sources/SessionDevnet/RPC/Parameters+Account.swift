import SessionInterfaces

extension Parameters {
    /// The account that `name` gives: 66 hexadecimal digits, or 33 raw bytes in a bencoded request.
    func account(_ name: String = "pubkey", orRefuse complaint: String = Self.accountComplaint)
        throws(RPCAnswer) -> AccountKey
    {
        guard let value = self[name] else { throw .missing(name) }
        let account = value.text.flatMap { AccountKey(hex: $0) } ?? value.bytes.flatMap { AccountKey($0) }
        guard let account else { throw .invalid(complaint) }
        return account
    }

    static var accountComplaint: String { "Pubkey must be 66 hex digits (33 bytes) long" }
}
