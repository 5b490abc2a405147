public import SessionInterfaces

/// What the ledger asks for a name, and for how long. Follows protocol document 05, section 3.7.
extension MappingType {
    /// The hard fork since which names of this type can be registered.
    public var firstHardFork: Int {
        switch nameType {
        case .session: 15
        case .lokinet: 16
        case .wallet: 18
        }
    }

    /// What is burned for it, exactly; nil while the hard fork does not know the type.
    public func price(atHardFork hardFork: Int) -> OxenAmount? {
        guard hardFork >= firstHardFork else { return nil }
        let coins: UInt64 =
            switch (hardFork, years ?? 1) {
            case (..<16, _): 20
            case (..<18, 2): 30
            case (..<18, 5): 60
            case (..<18, 10): 90
            case (..<18, _): 15
            case (_, 2): 14
            case (_, 5): 28
            case (_, 10): 42
            default: 7
            }
        return OxenAmount(units: coins * OxenAmount.unitsPerCoin)
    }

    /// Blocks from the purchase to the end, or that a renewal adds; nil for types that never expire.
    public func lifetime(on network: OxenNetwork) -> UInt64? {
        guard let years = years.map({ UInt64($0) }) else { return nil }
        let blocksPerDay: UInt64 = 720
        return switch network {
        case .fakechain: 2 * years
        // A day for a year, but for the longest.
        case .testnet where years < 10: blocksPerDay * years
        default: 368 * blocksPerDay * years
        }
    }
}

extension NameType {
    /// The type as daemon and wallet write it.
    public var rpcName: String {
        switch self {
        case .session: "session"
        case .wallet: "wallet"
        case .lokinet: "lokinet"
        }
    }

    init?(rpcName: String) {
        guard let type = Self.allCases.first(where: { $0.rpcName == rpcName }) else { return nil }
        self = type
    }
}

extension MappingType {
    /// The type as a wallet reads it.
    public var rpcName: String {
        switch self {
        case .session, .wallet, .lokinet1Year: nameType.rpcName
        case .lokinet2Years: "lokinet_2years"
        case .lokinet5Years: "lokinet_5years"
        case .lokinet10Years: "lokinet_10years"
        }
    }

    /// Reads every form that a wallet reads, in capitals or not.
    public init?(rpcName: String) {
        switch rpcName.lowercased() {
        case "session": self = .session
        case "wallet": self = .wallet
        case "lokinet", "lokinet_1y", "lokinet_1years": self = .lokinet1Year
        case "lokinet_2y", "lokinet_2years": self = .lokinet2Years
        case "lokinet_5y", "lokinet_5years": self = .lokinet5Years
        case "lokinet_10y", "lokinet_10years": self = .lokinet10Years
        default: return nil
        }
    }

    /// The shortest purchase of names of this type.
    public init(shortest type: NameType) {
        switch type {
        case .session: self = .session
        case .wallet: self = .wallet
        case .lokinet: self = .lokinet1Year
        }
    }
}
