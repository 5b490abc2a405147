import SessionInterfaces

/// Someone to write to, as the user names them: an account ID or a registered name.
enum Recipient: Sendable {
    case account(AccountID)
    case name(String)

    /// - Throws: `AccountIDError` for what looks like an account ID but is none.
    init(_ text: String) throws {
        // Whatever has an ID's length and only hexadecimal digits is meant as one: no name looks like that.
        let isMeantAsID = text.utf8.count >= 60 && text.allSatisfy(\.isHexDigit)
        self = isMeantAsID || (try? AccountID(text)) != nil ? .account(try AccountID(text)) : .name(text)
    }

    func account(using names: any NameResolver) async throws -> AccountID {
        switch self {
        case .account(let account): account
        case .name(let name): try await names.resolve(name)
        }
    }
}
