import SessionInterfaces

/// What clients ask the backend of Session Pro, as far as it is signed. Nothing here sends it. Follows protocol document
/// 04, section 5.
public enum ProRequest: Hashable, Sendable {
    /// A proof for the rotating key.
    case proof(at: Timestamp)
    /// What was paid, the last `count` times.
    case details(at: Timestamp, count: UInt32)
    /// A payment through Google's shop is the account's.
    case googlePayment(token: String, order: String)
    /// A payment through Apple's shop is the account's.
    case applePayment(transaction: String)
    /// Apple was asked to pay back.
    case appleRefund(at: Timestamp, requestedAt: Timestamp, transaction: String)

    /// The bytes that each key signs: a hash in the first form, the text itself in the second.
    /// - Parameters:
    ///   - master: the account's key for Session Pro.
    ///   - rotating: signs messages; does not enter every request.
    /// - Returns: nil for a request that the form does not have: the second has proofs alone.
    public func signedBytes(
        _ form: ProProof.Form, master: Ed25519PublicKey, rotating: Ed25519PublicKey
    ) -> [UInt8]? {
        switch (form, self) {
        case (.hashed, _):
            return hash(master.bytes.bytes, rotating.bytes.bytes)
        case (.plain, .proof(let time)):
            let seconds = Array(String(time.milliseconds / 1000).utf8)
            return Array("ProGenerateProof".utf8) + master.bytes.bytes + rotating.bytes.bytes + seconds
        case (.plain, _):
            return nil
        }
    }

    private static let version: [UInt8] = [0]

    private enum Shop: UInt8 {
        case google = 1
        case apple = 2
    }

    private func hash(_ master: [UInt8], _ rotating: [UInt8]) -> [UInt8] {
        let (purpose, fields): (String, [UInt8]) =
            switch self {
            case .proof(let time):
                ("ProGenerateProof", master + rotating + Self.bytes(of: time))
            case .details(let time, let count):
                ("ProGetProDetReq_", master + Self.bytes(of: time) + Self.bytes(of: count))
            case .googlePayment(let token, let order):
                ("ProAddPayment___", master + rotating + [Shop.google.rawValue] + Array((token + order).utf8))
            case .applePayment(let transaction):
                ("ProAddPayment___", master + rotating + [Shop.apple.rawValue] + Array(transaction.utf8))
            case .appleRefund(let time, let requestedAt, let transaction):
                (
                    "ProSetRefundReq_",
                    master + Self.bytes(of: time) + Self.bytes(of: requestedAt) + [Shop.apple.rawValue]
                        + Array(transaction.utf8)
                )
            }
        return BLAKE2b.hash(Self.version + fields, personal: Array(purpose.utf8))
    }

    private static func bytes(of time: Timestamp) -> [UInt8] { bytes(of: time.milliseconds) }

    /// Least significant first.
    private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
    }
}
