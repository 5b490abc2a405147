public import SessionInterfaces

/// What a name stands for. Follows protocol document 05, section 1.3.
public enum NameValue: Hashable, Sendable {
    case account(AccountID)
    case wallet(OxenAddress)
    case lokinet(LokinetAddress)

    public var type: NameType {
        switch self {
        case .account: .session
        case .wallet: .wallet
        case .lokinet: .lokinet
        }
    }

    /// Bytes that a value of `type` can have.
    static func byteCounts(of type: NameType) -> Set<Int> {
        switch type {
        case .session: [AccountID.byteCount]
        case .wallet: [65, 73]
        case .lokinet: [Bytes32.byteCount]
        }
    }

    /// What is encrypted: 33, 65, 73 or 32 bytes.
    public var bytes: [UInt8] {
        switch self {
        case .account(let account): account.bytes
        case .wallet(let address): [address.kind.rawValue] + address.payload
        case .lokinet(let address): address.key.bytes.bytes
        }
    }

    /// Reads what was encrypted.
    /// - Parameter network: whose addresses a wallet's name stands for; the bytes do not say it.
    /// - Throws: `OxenError(.invalidValue)` for another length, another kind, or keys that are none.
    public init(bytes: [UInt8], type: NameType, network: OxenNetwork) throws(OxenError) {
        do {
            switch type {
            case .session: self = try .account(Self.standard(AccountID(bytes: bytes)))
            case .wallet:
                guard let kind = bytes.first.flatMap(OxenAddress.Kind.init(rawValue:)) else {
                    throw OxenError(.invalidValue, "the value begins with no kind of Oxen address")
                }
                self = try .wallet(OxenAddress(network: network, kind: kind, payload: Array(bytes.dropFirst())))
            case .lokinet:
                guard let key = Bytes32(bytes) else {
                    throw OxenError(.invalidValue, "the value has \(bytes.count) bytes instead of 32")
                }
                self = .lokinet(LokinetAddress(key: Ed25519PublicKey(key), suffix: .loki))
            }
        } catch {
            throw Self.refusal(error, type)
        }
    }

    /// Reads the text form: an account ID, an Oxen address, or a key that ends in ".loki".
    /// - Parameter network: whose addresses a wallet's name may stand for.
    /// - Throws: `OxenError(.invalidValue)` that says what is wrong.
    public init(_ text: String, type: NameType, network: OxenNetwork) throws(OxenError) {
        do {
            switch type {
            case .session: self = try .account(Self.standard(AccountID(text)))
            case .wallet: self = try .wallet(OxenAddress(text, network: network))
            case .lokinet:
                let address = try LokinetAddress(text)
                guard address.isNameValue else {
                    throw OxenError(.invalidValue, "names stand for keys that end in .loki, without a subdomain")
                }
                self = .lokinet(address)
            }
        } catch {
            throw Self.refusal(error, type)
        }
    }

    /// The account, of a name of an account.
    /// - Throws: `NameError(.invalidRecord)` for values of other types.
    var account: AccountID {
        get throws(NameError) {
            guard case .account(let account) = self else {
                throw NameError(.invalidRecord, "the name stands for no account")
            }
            return account
        }
    }

    private static func standard(_ account: AccountID) throws(OxenError) -> AccountID {
        guard account.prefix == .standard else {
            throw OxenError(.invalidValue, "names lead to account IDs that begin with 05 only")
        }
        return account
    }

    private static func refusal(_ error: any Error, _ type: NameType) -> OxenError {
        if let error = error as? OxenError, error.code == .invalidValue { return error }
        return OxenError(.invalidValue, "the value is none of a \(type.rpcName) name", underlying: error)
    }
}

extension NameValue: CustomStringConvertible {
    /// The text form that a wallet reads.
    public var description: String {
        switch self {
        case .account(let account): account.hex
        case .wallet(let address): address.description
        case .lokinet(let address): address.description
        }
    }
}
