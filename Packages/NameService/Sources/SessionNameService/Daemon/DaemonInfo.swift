public import SessionInterfaces

/// What a daemon says of itself and of the chain. Follows protocol document 05, section 2.4.
public struct DaemonInfo: Hashable, Sendable {
    /// The height that the next block gets.
    public let height: UInt64
    /// Nil when the daemon does not know of a later one than its own.
    public let targetHeight: UInt64?
    /// The number of the hard fork that holds.
    public let hardFork: Int
    /// Nil for a network that this version does not know.
    public let network: OxenNetwork?
    /// The daemon's major version.
    public let version: Int
    public let stakingRequirement: OxenAmount?
    public let topBlockHash: String?
    /// Active records of accounts, wallets and Lokinet.
    public let nameCounts: [UInt64]
    let status: String?

    /// Whether blocks are still being fetched, so that answers are old.
    public var isCatchingUp: Bool { targetHeight.map { $0 > height } ?? false }
}

extension DaemonInfo: Decodable {
    private enum CodingKeys: String, CodingKey {
        case height
        case targetHeight = "target_height"
        case hardFork = "hard_fork"
        case network = "nettype"
        case version
        case stakingRequirement = "staking_requirement"
        case topBlockHash = "top_block_hash"
        case nameCounts = "ons_counts"
        case status
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        height = try members.decode(UInt64.self, forKey: .height)
        targetHeight = try members.decodeIfPresent(UInt64.self, forKey: .targetHeight)
        hardFork = try members.decode(Int.self, forKey: .hardFork)
        network = try members.decodeIfPresent(String.self, forKey: .network).flatMap(OxenNetwork.init(rawValue:))
        let version = try members.decode(String.self, forKey: .version)
        guard let major = Int(version.prefix { $0 != "." }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: members, debugDescription: "the version begins with no number")
        }
        self.version = major
        stakingRequirement = try members.decodeIfPresent(UInt64.self, forKey: .stakingRequirement)
            .map(OxenAmount.init(units:))
        topBlockHash = try members.decodeIfPresent(String.self, forKey: .topBlockHash)
        nameCounts = try members.decodeIfPresent([UInt64].self, forKey: .nameCounts) ?? []
        status = try members.decodeIfPresent(String.self, forKey: .status)
    }
}
