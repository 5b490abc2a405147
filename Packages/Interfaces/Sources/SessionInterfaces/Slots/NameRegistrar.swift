/// The registrar slot: who buys names, changes them and pays for it. Follows protocol document 05, section 3.
public protocol NameRegistrar: Sendable {
    /// What can be spent.
    /// - Throws: `RegistrarError`, or `CancellationError`; so do the other two.
    func funds() async throws -> NameFunds

    /// What `order` costs. Everything is checked and the transaction is made, but nothing is sent.
    func quote(_ order: NameOrder) async throws -> NameQuote

    /// Carries `order` out. Whoever repeats an order that was interrupted finishes it and pays once.
    func submit(_ order: NameOrder) async throws -> NameReceipt
}

/// What a name stands for, as the ledger numbers it. Follows protocol document 05, section 1.1.
public enum NameType: UInt8, Hashable, Sendable, CaseIterable {
    /// An account.
    case session = 0
    /// An Oxen address.
    case wallet = 1
    /// A key in Lokinet.
    case lokinet = 2
}

/// What is bought: the six types of a purchase or renewal. Follows protocol document 05, section 1.1.
public enum MappingType: UInt8, Hashable, Sendable, CaseIterable {
    case session = 0
    case wallet = 1
    case lokinet1Year = 2
    case lokinet2Years = 3
    case lokinet5Years = 4
    case lokinet10Years = 5

    /// What the name stands for: under this type it is looked up.
    public var nameType: NameType { NameType(rawValue: rawValue) ?? .lokinet }

    /// For how long it is bought; nil means for ever.
    public var years: Int? {
        switch self {
        case .session, .wallet: nil
        case .lokinet1Year: 1
        case .lokinet2Years: 2
        case .lokinet5Years: 5
        case .lokinet10Years: 10
        }
    }
}

/// What to do with a name. Names are as people type them; values and owners are in their text forms.
public enum NameOrder: Hashable, Sendable {
    /// Registers a free name. Without an owner it belongs to the registrar's own address.
    case buy(String, MappingType, value: String, owner: String? = nil, backupOwner: String? = nil)
    /// Changes what is not nil. Another owner is the transfer of the name.
    case update(String, NameType, value: String? = nil, owner: String? = nil, backupOwner: String? = nil)
    /// Adds the time that `MappingType` says.
    case renew(String, MappingType)

    /// The name as typed.
    public var name: String {
        switch self {
        case .buy(let name, _, _, _, _), .update(let name, _, _, _, _), .renew(let name, _): name
        }
    }

    public var type: NameType {
        switch self {
        case .buy(_, let type, _, _, _), .renew(_, let type): type.nameType
        case .update(_, let type, _, _, _): type
        }
    }
}

/// An amount of the network's coin in atomic units: 10^9 are one.
public struct OxenAmount: Hashable, Sendable, Comparable {
    public static let unitsPerCoin: UInt64 = 1_000_000_000

    public let units: UInt64

    public init(units: UInt64) { self.units = units }

    public static let zero = OxenAmount(units: 0)

    public static func < (left: Self, right: Self) -> Bool { left.units < right.units }

    /// Both together; the largest amount when that is more.
    public static func + (left: Self, right: Self) -> Self {
        let (sum, overflow) = left.units.addingReportingOverflow(right.units)
        return OxenAmount(units: overflow ? .max : sum)
    }
}

extension OxenAmount: CustomStringConvertible {
    /// Coins with as many decimals as are needed, such as "7.25".
    public var description: String {
        let (coins, rest) = units.quotientAndRemainder(dividingBy: Self.unitsPerCoin)
        guard rest > 0 else { return "\(coins)" }
        let digits = String(rest)
        let decimals = String(repeating: "0", count: 9 - digits.count) + digits
        return "\(coins)." + decimals.prefix(through: decimals.lastIndex { $0 != "0" } ?? decimals.startIndex)
    }
}

/// What a registrar has.
public struct NameFunds: Hashable, Sendable {
    public var balance: OxenAmount
    /// What of it can be spent now.
    public var unlocked: OxenAmount

    public init(balance: OxenAmount, unlocked: OxenAmount) {
        self.balance = balance
        self.unlocked = unlocked
    }
}

/// What an order costs.
public struct NameQuote: Hashable, Sendable {
    /// The price, which is burned; nothing for updates.
    public var price: OxenAmount
    /// What the transaction costs beyond the price.
    public var fee: OxenAmount
    public var funds: NameFunds

    public init(price: OxenAmount, fee: OxenAmount, funds: NameFunds) {
        self.price = price
        self.fee = fee
        self.funds = funds
    }

    public var total: OxenAmount { price + fee }
}

/// An order that was carried out.
public struct NameReceipt: Hashable, Sendable {
    /// The transaction's hash.
    public var transaction: Bytes32
    public var price: OxenAmount
    public var fee: OxenAmount
    /// The height of the block that holds the transaction; nil as long as it waits for one.
    public var height: UInt64?

    public init(transaction: Bytes32, price: OxenAmount, fee: OxenAmount, height: UInt64? = nil) {
        self.transaction = transaction
        self.price = price
        self.fee = fee
        self.height = height
    }
}

/// Why an order was not carried out.
public struct RegistrarError: CodedError {
    public enum Code: String, Sendable {
        /// The order itself is wrong: its name, its value, its owner, or nothing to change.
        case invalidOrder = "registrar_invalid_order"
        /// The name belongs to someone already.
        case taken = "registrar_name_taken"
        /// The name to be changed or renewed is not registered.
        case notRegistered = "registrar_name_not_registered"
        /// The name belongs to someone else.
        case notOwner = "registrar_not_owner"
        /// No wallet is open, its password is wrong, or it asks for a login.
        case locked = "registrar_wallet_locked"
        /// The wallet cannot spend: it is watch-only, restricted, or needs further signatures.
        case cannotSpend = "registrar_wallet_cannot_spend"
        /// The wallet has too little that can be spent.
        case insufficientFunds = "registrar_insufficient_funds"
        /// The wallet, or the daemon behind it, cannot be reached.
        case unreachable = "registrar_unreachable"
        /// An answer that no wallet and no daemon gives.
        case invalidAnswer = "registrar_invalid_answer"
        /// The wallet, or the network, refuses for the reason that it states.
        case refused = "registrar_refused"
        /// Another order for the name is not finished yet.
        case inProgress = "registrar_in_progress"
        /// The transaction may have been sent. Repeating the order finishes it, and does not pay again.
        case unsettled = "registrar_unsettled"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
