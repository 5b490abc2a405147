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
    /// - Parameter cache: where to keep node list and guards; nil for the store that commands without an account share.
    func withNetwork<R: Sendable>(
        cache: (any Store)? = nil, isolation: PathIsolation = .shared, isShortLived: Bool = true,
        _ body: @Sendable (NetworkStack) async throws -> R
    ) async throws -> R {
        guard let cache else {
            return try await withSharedCache { shared in
                try await withStack(cache: shared, isolation, isShortLived, body)
            }
        }
        return try await withStack(cache: cache, isolation, isShortLived, body)
    }

    /// Runs `body` with the chosen account ready to send and receive.
    func withMessenger<R: Sendable>(
        isShortLived: Bool = true, _ body: @Sendable (Messenger, NetworkStack) async throws -> R
    ) async throws -> R {
        try await withAccount { account in
            let isolation = PathIsolation.account(account.keys.accountID)
            return try await withNetwork(cache: account.store, isolation: isolation, isShortLived: isShortLived) {
                stack in
                let messenger = Messenger(
                    keys: account.keys, store: account.store, swarm: stack.swarm, clock: stack.clock)
                return try await body(messenger, stack)
            }
        }
    }

    private func withStack<R: Sendable>(
        cache: (any Store)?, _ isolation: PathIsolation, _ isShortLived: Bool,
        _ body: @Sendable (NetworkStack) async throws -> R
    ) async throws -> R {
        let stack = try NetworkStack(
            settings, catalog: catalog, cache: cache, isolation: isolation, isShortLived: isShortLived)
        do {
            let result = try await body(stack)
            await stack.shutdown()
            return result
        } catch {
            await stack.shutdown()
            throw error
        }
    }

    /// Runs `body` with the store of node lists and guards that belong to no account; with none while another process
    /// has it, or when it cannot be opened: a cache is no reason to fail.
    private func withSharedCache<R: Sendable>(_ body: @Sendable ((any Store)?) async throws -> R) async throws -> R {
        let directory = settings.cacheDirectory
        let store: (any Store)?
        do {
            try OutputFile.makeDirectory(directory)
            store = try await catalog.storage.plugin(named: settings.storage.value)
                .make(StorageOptions(directory: directory))
        } catch {
            console.detail("no cache: \(ErrorReport(error).message)")
            store = nil
        }
        do {
            let result = try await body(store)
            await store?.close()
            return result
        } catch {
            await store?.close()
            throw error
        }
    }
}
