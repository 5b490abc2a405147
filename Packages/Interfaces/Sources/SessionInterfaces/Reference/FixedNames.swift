/// A resolver that knows the names it was given, for tests and address books.
public struct FixedNames: NameResolver {
    private let accounts: [String: AccountID]

    public init(_ accounts: [String: AccountID]) { self.accounts = accounts }

    public func resolve(_ name: String) async throws -> AccountID {
        guard let account = accounts[name] else {
            throw NameError(.notFound, "the name is not registered")
        }
        return account
    }
}
