import SessionInterfaces

/// Parameters and answers of the wallet's methods, member for member. Follows protocol document 05, sections 3.3 and
/// 3.4.
extension OxenWallet {
    /// An answer of which nothing is needed.
    struct Nothing: Decodable {}

    struct OpenWallet: Encodable {
        let filename: String
        let password: String
        let autosaveCurrent: Bool

        enum CodingKeys: String, CodingKey {
            case filename
            case password
            case autosaveCurrent = "autosave_current"
        }
    }

    struct Account: Encodable {
        let accountIndex: UInt32

        enum CodingKeys: String, CodingKey {
            case accountIndex = "account_index"
        }
    }

    struct Addresses: Decodable {
        struct Address: Decodable {
            let address: String
        }

        let address: String
        let addresses: [Address]?
    }

    struct Balance: Decodable {
        let balance: UInt64
        let unlockedBalance: UInt64

        enum CodingKeys: String, CodingKey {
            case balance
            case unlockedBalance = "unlocked_balance"
        }
    }

    /// A purchase, an update or a renewal that is made and not sent.
    struct Mapping: Encodable {
        let type: String
        let name: String
        var value: String?
        var owner: String?
        var backupOwner: String?
        var signature: String?
        let accountIndex: UInt32
        private let subaddrIndices: [UInt32] = []
        /// An ordinary transaction: the wallet refuses others for names.
        private let priority = 1
        private let doNotRelay = true
        private let getTxMetadata = true

        init(
            type: String, name: String, value: String? = nil, owner: String? = nil, backupOwner: String? = nil,
            signature: String? = nil, accountIndex: UInt32
        ) {
            self.type = type
            self.name = name
            self.value = value
            self.owner = owner
            self.backupOwner = backupOwner
            self.signature = signature
            self.accountIndex = accountIndex
        }

        enum CodingKeys: String, CodingKey {
            case type
            case name
            case value
            case owner
            case backupOwner = "backup_owner"
            case signature
            case accountIndex = "account_index"
            case subaddrIndices = "subaddr_indices"
            case priority
            case doNotRelay = "do_not_relay"
            case getTxMetadata = "get_tx_metadata"
        }
    }

    struct Transaction: Decodable {
        let txHash: String
        let fee: UInt64
        let txMetadata: String?

        enum CodingKeys: String, CodingKey {
            case txHash = "tx_hash"
            case fee
            case txMetadata = "tx_metadata"
        }

        /// - Throws: `OxenError(.refused)` for a wallet that cannot sign by itself.
        func prepared() throws(OxenError) -> PreparedTransaction {
            guard let metadata = txMetadata, !metadata.isEmpty else {
                throw OxenError(
                    .refused, "the wallet makes no transaction that can be sent: it cannot sign by itself",
                    reason: WalletReason.watchOnly)
            }
            guard let hash = Hex.decode(txHash).flatMap({ Bytes32($0) }) else {
                throw OxenError(.invalidAnswer, "the wallet's transaction hash is not 64 hexadecimal digits")
            }
            return PreparedTransaction(hash: hash, fee: OxenAmount(units: fee), metadata: metadata)
        }
    }

    struct Relay: Encodable {
        let hex: String
    }

    struct Relayed: Decodable {
        let txHash: String

        enum CodingKeys: String, CodingKey {
            case txHash = "tx_hash"
        }
    }

    struct TransferQuestion: Encodable {
        let txid: String
        let accountIndex: UInt32

        enum CodingKeys: String, CodingKey {
            case txid
            case accountIndex = "account_index"
        }
    }

    struct Transfers: Decodable {
        struct Transfer: Decodable {
            let type: String
            let height: UInt64?
        }

        let transfer: Transfer
    }

    struct SignatureQuestion: Encodable {
        let type: String
        let name: String
        let owner: String?
        let backupOwner: String?

        enum CodingKeys: String, CodingKey {
            case type
            case name
            case owner
            case backupOwner = "backup_owner"
        }
    }

    struct Signed: Decodable {
        let signature: String
    }
}
