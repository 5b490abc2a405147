/// Parameters and answers of the daemon's methods, member for member. Follows protocol document 05, section 2.3.
extension OxenDaemon {
    struct LookUp: Encodable {
        static let method = "ons_resolve"

        let nameHash: String
        let type: UInt8

        init(_ name: LedgerName) {
            nameHash = name.base64Hash
            type = name.type.rawValue
        }

        enum CodingKeys: String, CodingKey {
            case nameHash = "name_hash"
            case type
        }
    }

    struct OwnersQuestion: Encodable {
        let nameHash: [String]
        let type: [UInt8]

        enum CodingKeys: String, CodingKey {
            case nameHash = "name_hash"
            case type
        }
    }

    /// What daemons before version 11 read.
    struct OldOwnersQuestion: Encodable {
        struct Entry: Encodable {
            let nameHash: String
            let types: [UInt8]

            enum CodingKeys: String, CodingKey {
                case nameHash = "name_hash"
                case types
            }
        }

        let entries: [Entry]
    }

    struct NamesQuestion: Encodable {
        let entries: [String]
        let includeExpired: Bool

        enum CodingKeys: String, CodingKey {
            case entries
            case includeExpired = "include_expired"
        }
    }

    struct TransactionQuestion: Encodable {
        let txHashes: [String]
        let txExtra: Bool

        enum CodingKeys: String, CodingKey {
            case txHashes = "tx_hashes"
            case txExtra = "tx_extra"
        }
    }

    struct Owners: Decodable {
        let result: [LedgerEntry]?
        let status: String?
    }

    struct Entries: Decodable {
        let entries: [LedgerEntry]?
        let status: String?
    }

    struct Transactions: Decodable {
        struct Transaction: Decodable {
            let txHash: String
            let inPool: Bool?
            let blockHeight: UInt64?

            enum CodingKeys: String, CodingKey {
                case txHash = "tx_hash"
                case inPool = "in_pool"
                case blockHeight = "block_height"
            }
        }

        let txs: [Transaction]?
        let status: String?
    }
}
