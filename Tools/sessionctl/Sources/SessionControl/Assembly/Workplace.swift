import SessionInterfaces
import SessionMessenger

/// What a command has at hand once its options are understood.
struct Workplace: Sendable {
    let settings: Settings
    let catalog: PluginCatalog
    let console: Console

    init(_ options: GlobalOptions) async throws {
        catalog = SessionControl.catalog
        console = options.console
        settings = try await Settings(options, catalog: catalog)
    }

    var accounts: AccountDirectory {
        AccountDirectory(path: settings.dataDirectory.value, catalog: catalog, secret: settings.secret)
    }

    /// Runs `body` with the chosen account's store open, and closes it whatever happens.
    func withAccount<R: Sendable>(_ body: @Sendable (OpenAccount) async throws -> R) async throws -> R {
        let account = try await accounts.open(settings.account?.value, storage: settings.storage)
        do {
            let result = try await body(account)
            await account.store.close()
            return result
        } catch {
            await account.store.close()
            throw error
        }
    }

    /// Runs `body` with the layers of the chosen network, and shuts them down whatever happens.
    func withNetwork<R: Sendable>(_ body: @Sendable (NetworkStack) async throws -> R) async throws -> R {
        let stack = try NetworkStack(settings, catalog: catalog)
        do {
            let result = try await body(stack)
            await stack.shutdown()
            return result
        } catch {
            await stack.shutdown()
            throw error
        }
    }

    /// Runs `body` with the chosen account ready to send and receive.
    func withMessenger<R: Sendable>(
        _ body: @Sendable (Messenger, NetworkStack) async throws -> R
    ) async throws -> R {
        try await withAccount { account in
            try await withNetwork { stack in
                try await body(Messenger(keys: account.keys, store: account.store, swarm: stack.swarm), stack)
            }
        }
    }
}
