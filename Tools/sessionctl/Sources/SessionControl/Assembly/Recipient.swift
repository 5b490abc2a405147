import SessionInterfaces
import SessionMessenger

/// Someone to write to, as the user names them: an account ID or a registered name.
enum Recipient: Sendable {
    case account(AccountID)
    case name(String)

    /// - Throws: `AccountIDError` for what looks like an account ID but is none; `MessengerError` for the ID of a group
    ///   or a blinded identity.
    init(_ text: String) throws {
        guard Self.isMeantAsID(text) else {
            self = .name(text)
            return
        }
        let account = try AccountID(text)
        guard account.prefix == .standard else {
            throw MessengerError(.unsupportedRecipient, "an account ID begins with 05, not \(text.prefix(2))")
        }
        self = .account(account)
    }

    /// Names have at most 64 characters, and none is a long row of hexadecimal digits: the rest is a mistyped ID.
    private static func isMeantAsID(_ text: String) -> Bool {
        text.utf8.count > 64 || (text.utf8.count >= 60 && text.allSatisfy(\.isHexDigit))
    }

    func account(using names: any NameResolver) async throws -> AccountID {
        switch self {
        case .account(let account): account
        case .name(let name): try await names.resolve(name)
        }
    }
}
