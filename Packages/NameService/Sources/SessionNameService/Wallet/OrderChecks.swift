import SessionInterfaces

/// What is checked of an order before a wallet is bothered with it. Wallets answer every such mistake alike.
struct OrderChecks: Sendable {
    let wallet: OxenWallet
    let daemon: OxenDaemon
    let network: OxenNetwork

    /// - Throws: `RegistrarError(.invalidOrder)` for what can be seen without asking anyone.
    func name(of order: NameOrder) throws(RegistrarError) -> LedgerName {
        do {
            let name = try LedgerName(order.name, type: order.type)
            switch order {
            case .buy(_, let type, let value, let owner, let backupOwner):
                _ = try NameValue(value, type: type.nameType, network: network)
                try checkOwners(owner, backupOwner)
            case .update(_, let type, let value, let owner, let backupOwner):
                guard value != nil || owner != nil || backupOwner != nil else {
                    throw OxenError(.invalidExtra, "the update changes nothing")
                }
                if let value { _ = try NameValue(value, type: type, network: network) }
                try checkOwners(owner, backupOwner)
            case .renew(_, let type):
                guard type.nameType == .lokinet else {
                    throw OxenError(.invalidExtra, "\(type.rpcName) names never expire, so there is nothing to renew")
                }
            }
            return name
        } catch let error as OxenError {
            throw RegistrarError(.invalidOrder, error.message, underlying: error.underlying)
        } catch let error as NameError {
            throw RegistrarError(.invalidOrder, error.message, underlying: error.underlying)
        } catch {
            throw RegistrarError(.invalidOrder, "the order cannot be carried out", underlying: error)
        }
    }

    /// What `order` costs, and what there is.
    /// - Throws: `RegistrarError`: `.taken`, `.notRegistered`, `.notOwner`, `.insufficientFunds`, `.unreachable`,
    ///   `.refused`; or what asking throws.
    func terms(
        of order: NameOrder, _ name: LedgerName, signature: [UInt8]?
    ) async throws -> (price: OxenAmount, funds: NameFunds) {
        let info = try await daemon.info()
        try check(info)
        let entry = try await daemon.entry(of: name, version: info.version)
        try check(order, against: entry)
        if case .update(_, _, let value, let owner, let backupOwner) = order, let entry {
            if let signature {
                try check(signature, ofValue: value, owner, backupOwner, on: entry)
            } else {
                try await checkOwnership(of: entry)
            }
        }
        let price = try price(of: order, atHardFork: info.hardFork)
        let funds = try await wallet.funds()
        guard funds.unlocked >= price, funds.unlocked > .zero else {
            throw RegistrarError(
                .insufficientFunds,
                "the wallet can spend \(funds.unlocked) of its \(funds.balance), and the order costs \(price) and a fee"
            )
        }
        return (price, funds)
    }

    /// What the ledger has for `name` now.
    func entry(of name: LedgerName) async throws -> LedgerEntry? {
        try await daemon.entry(of: name, version: try await daemon.info().version)
    }

    private func check(_ info: DaemonInfo) throws(RegistrarError) {
        if let other = info.network, other.tag(of: .standard) != network.tag(of: .standard) {
            throw RegistrarError(.invalidOrder, "the daemon is one of \(other.rawValue), not of \(network.rawValue)")
        }
        guard !info.isCatchingUp else {
            throw RegistrarError(
                .unreachable, "the daemon is still fetching blocks: \(info.height) of \(info.targetHeight ?? 0)")
        }
    }

    private func check(_ order: NameOrder, against entry: LedgerEntry?) throws(RegistrarError) {
        if case .buy = order {
            guard entry == nil else { throw RegistrarError(.taken, "the name is registered already") }
        } else {
            guard entry != nil else { throw RegistrarError(.notRegistered, "the name is not registered") }
        }
    }

    /// A wallet encrypts values anew each time, so a signature from elsewhere never covers one.
    private func check(
        _ signature: [UInt8], ofValue value: String?, _ owner: String?, _ backupOwner: String?, on entry: LedgerEntry
    ) throws {
        guard value == nil else {
            throw RegistrarError(
                .invalidOrder, "a signature from elsewhere covers a change of owners, not of the value")
        }
        let update = try NameUpdate(
            type: entry.type, nameHash: entry.nameHash, owner: owner.map { try NameOwner($0, network: network) },
            backupOwner: backupOwner.map { try NameOwner($0, network: network) },
            previousTransaction: entry.transaction)
        let owners = try [entry.owner, entry.backupOwner].compactMap { $0 }.map { try NameOwner($0, network: network) }
        guard owners.contains(where: { OwnerSignature.wallet(signature).isBy($0, of: update.hash) }) else {
            throw RegistrarError(
                .notOwner, "the signature is no owner's wallet's, or does not cover this change of the newest record")
        }
    }

    private func checkOwnership(of entry: LedgerEntry) async throws {
        let addresses = try await wallet.addresses()
        guard addresses.contains(where: { entry.isOwned(by: $0, on: network) }) else {
            throw RegistrarError(.notOwner, "the name belongs to another owner than this account of the wallet")
        }
    }

    private func price(of order: NameOrder, atHardFork hardFork: Int) throws(RegistrarError) -> OxenAmount {
        switch order {
        case .update: return .zero
        case .buy(_, let type, _, _, _), .renew(_, let type):
            guard let price = type.price(atHardFork: hardFork) else {
                throw RegistrarError(
                    .refused, "the chain knows \(type.rpcName) names since hard fork \(type.firstHardFork)")
            }
            return price
        }
    }

    private func checkOwners(_ owner: String?, _ backupOwner: String?) throws(OxenError) {
        let owner = try owner.map { (text) throws(OxenError) in try NameOwner(text, network: network) }
        let backupOwner = try backupOwner.map { (text) throws(OxenError) in try NameOwner(text, network: network) }
        guard owner == nil || owner != backupOwner else {
            throw OxenError(.invalidOwner, "the owner and the backup owner are the same")
        }
    }
}
