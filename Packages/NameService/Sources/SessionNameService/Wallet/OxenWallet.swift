public import SessionCrypto
public import SessionInterfaces

/// A wallet of the Oxen chain, asked over its JSON-RPC. Follows protocol document 05, sections 3.1 to 3.4.
///
/// Names are passed on in their normalised form: the wallet hashes what it gets as it is.
public struct OxenWallet: Sendable {
    let client: RPCClient
    /// The account within the wallet.
    public let accountIndex: UInt32

    /// - Parameter timeLimit: for each question; making a transaction takes a wallet seconds.
    public init(
        _ endpoint: RPCEndpoint, transport: any Transport, accountIndex: UInt32 = 0, timeLimit: Duration = .seconds(60)
    ) {
        client = RPCClient(subject: "the wallet", endpoint: endpoint, transport: transport, timeLimit: timeLimit)
        self.accountIndex = accountIndex
    }

    /// Opens a wallet of the wallet program's folder.
    /// - Throws: `OxenError`, or `CancellationError`; so do the others.
    public func open(file: String, password: SecretText) async throws {
        let _: Nothing = try await client.call(
            "open_wallet", OpenWallet(filename: file, password: password.revealed(), autosaveCurrent: true))
    }

    /// The account's addresses: its own, and then subaddresses.
    public func addresses() async throws -> [String] {
        let answer: Addresses = try await client.call("get_address", Account(accountIndex: accountIndex))
        return [answer.address] + (answer.addresses ?? []).map(\.address).filter { $0 != answer.address }
    }

    public func funds() async throws -> NameFunds {
        let answer: Balance = try await client.call("get_balance", Account(accountIndex: accountIndex))
        return NameFunds(balance: .init(units: answer.balance), unlocked: .init(units: answer.unlockedBalance))
    }

    /// Makes the transaction of an order and does not send it.
    /// - Parameters:
    ///   - name: that of the order.
    ///   - signature: 64 bytes of an owner whom the wallet is not, for a change of owners only.
    public func prepare(
        _ order: NameOrder, name: LedgerName, signature: [UInt8]? = nil
    ) async throws -> PreparedTransaction {
        let answer: Transaction =
            switch order {
            case .buy(_, let type, let value, let owner, let backupOwner):
                try await client.call(
                    "ons_buy_mapping",
                    Mapping(
                        type: type.rpcName, name: name.text, value: value, owner: owner, backupOwner: backupOwner,
                        accountIndex: accountIndex))
            case .update(_, let type, let value, let owner, let backupOwner):
                try await client.call(
                    "ons_update_mapping",
                    Mapping(
                        type: type.rpcName, name: name.text, value: value, owner: owner, backupOwner: backupOwner,
                        signature: signature.map { Hex.encode($0) }, accountIndex: accountIndex))
            case .renew(_, let type):
                try await client.call(
                    "ons_renew_mapping", Mapping(type: type.rpcName, name: name.text, accountIndex: accountIndex))
            }
        return try answer.prepared()
    }

    /// Sends a transaction that was prepared. Sending it again does no harm: it is the same one.
    public func relay(_ transaction: PreparedTransaction) async throws {
        let answer: Relayed = try await client.call("relay_tx", Relay(hex: transaction.metadata))
        guard answer.txHash.lowercased() == transaction.hash.hex else {
            throw OxenError(.invalidAnswer, "the wallet sent another transaction than it was given")
        }
    }

    /// What the wallet knows of a transaction of its own; nil when it does not know it.
    public func transfer(_ transaction: Bytes32) async throws -> TransferState? {
        do {
            let answer: Transfers = try await client.call(
                "get_transfer_by_txid", TransferQuestion(txid: transaction.hex, accountIndex: accountIndex))
            return TransferState(type: answer.transfer.type, height: answer.transfer.height)
        } catch let error as OxenError where error.reason == WalletReason.wrongTransaction {
            return nil
        }
    }

    /// The signature of an update of owners by the wallet, as one of the owners; it can be submitted elsewhere.
    /// - Throws: `OxenError(.invalidAnswer)` when the answer is no signature.
    public func signature(
        of name: LedgerName, owner: String? = nil, backupOwner: String? = nil
    ) async throws -> [UInt8] {
        let answer: Signed = try await client.call(
            "ons_make_update_mapping_signature",
            SignatureQuestion(type: name.type.rpcName, name: name.text, owner: owner, backupOwner: backupOwner))
        guard let signature = Hex.decode(answer.signature), signature.count == WalletSignature.byteCount else {
            throw OxenError(.invalidAnswer, "the wallet's signature is not 64 bytes in hexadecimal digits")
        }
        return signature
    }
}

/// A transaction that the wallet has made and not sent.
public struct PreparedTransaction: Hashable, Sendable, Codable {
    public let hash: Bytes32
    /// What the wallet says that it costs; it is not known whether that contains a burned price.
    public let fee: OxenAmount
    /// With it the wallet sends the transaction.
    let metadata: String

    init(hash: Bytes32, fee: OxenAmount, metadata: String) {
        self.hash = hash
        self.fee = fee
        self.metadata = metadata
    }

    /// What the transaction costs beyond `price`. Ordinary fees are far below the lowest price, so a fee that is not
    /// contains the price.
    func fee(beyond price: OxenAmount) -> OxenAmount {
        price > .zero && fee >= price ? OxenAmount(units: fee.units - price.units) : fee
    }

    private enum CodingKeys: String, CodingKey {
        case hash
        case fee
        case metadata
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        guard let hash = Hex.decode(try members.decode(String.self, forKey: .hash)).flatMap({ Bytes32($0) }) else {
            throw DecodingError.dataCorruptedError(forKey: .hash, in: members, debugDescription: "no hash")
        }
        self.init(
            hash: hash, fee: OxenAmount(units: try members.decode(UInt64.self, forKey: .fee)),
            metadata: try members.decode(String.self, forKey: .metadata))
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(hash.hex, forKey: .hash)
        try members.encode(fee.units, forKey: .fee)
        try members.encode(metadata, forKey: .metadata)
    }
}

/// What a wallet knows of a transaction of its own.
public enum TransferState: Hashable, Sendable {
    case waiting
    case mined(height: UInt64)
    /// The network has dropped it.
    case failed

    init(type: String, height: UInt64?) {
        switch type {
        case "failed": self = .failed
        case "pending", "pool": self = .waiting
        default: self = height.map { $0 > 0 ? .mined(height: $0) : .waiting } ?? .waiting
        }
    }
}
