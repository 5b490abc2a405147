import SessionInterfaces

/// The numbers of wallets' errors, and what they mean for an order. Follows protocol document 05, section 3.2.
enum WalletReason {
    static let wrongTransaction: Int64 = -8
    static let watchOnly: Int64 = -29

    static func code(of reason: Int64) -> RegistrarError.Code {
        switch reason {
        case -13, -22: .locked
        case -7, -36 ... -28, -43: .cannotSpend
        case -17, -37: .insufficientFunds
        case -3, -38, -1001, 503: .unreachable
        case -2, -5, -14, -15, -1009 ... -1002: .invalidOrder
        default: .refused
        }
    }
}

extension RegistrarError {
    /// What the failure of a wallet or a daemon means for an order.
    init(_ error: OxenError) {
        let code: Code =
            switch error.code {
            case .unreachable: .unreachable
            case .unauthorised: .locked
            case .invalidAnswer: .invalidAnswer
            case .refused: error.reason.map(WalletReason.code) ?? .refused
            case .invalidAddress, .invalidOwner, .invalidValue, .invalidExtra, .invalidEndpoint: .invalidOrder
            }
        self.init(code, error.message, underlying: error.underlying)
    }

    /// Runs `body`; what daemon and wallet throw becomes a registrar's error.
    static func translating<R>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
    ) async throws -> R {
        do {
            return try await body()
        } catch let error as OxenError {
            throw RegistrarError(error)
        }
    }
}
