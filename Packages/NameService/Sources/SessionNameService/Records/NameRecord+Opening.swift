import SessionCrypto
public import SessionInterfaces

extension NameRecord {
    /// Decrypts the account ID of a record of the current form.
    /// - Throws: `NameError(.invalidRecord)` when the record is not `name`'s, is damaged, holds no account, or is in the
    ///   legacy form, which `account(for:)` reads.
    public func open(for name: SessionName) throws(NameError) -> AccountID {
        try open(for: name.ledgerName, network: .mainnet).account
    }

    /// Decrypts the value of a record of the current form.
    /// - Parameter network: whose addresses a wallet's name stands for.
    /// - Throws: `NameError(.invalidRecord)` when the record is not `name`'s, is damaged, holds no value of its type, or
    ///   is in the legacy form, which `value(for:network:)` reads.
    public func open(for name: LedgerName, network: OxenNetwork) throws(NameError) -> NameValue {
        guard !isLegacy else {
            throw NameError(.invalidRecord, "the record of the name is in the legacy form, without a nonce")
        }
        guard type == name.type else {
            throw NameError(.invalidRecord, "the record is of a \(type.rpcName) name, not a \(name.type.rpcName) name")
        }
        do {
            return try decoded(
                NameRecordCipher.open(encryptedValue, nonce: nonce, name: name.text), network: network)
        } catch {
            throw Self.undecipherable(error)
        }
    }

    /// Decrypts the account ID of a record of either form.
    ///
    /// The legacy form takes 256 MiB and about a second: on a thread of its own, one at a time. So several nodes must
    /// have agreed on such a record first.
    /// - Throws: `NameError(.invalidRecord)`, or `CancellationError`.
    public func account(for name: SessionName) async throws -> AccountID {
        try await value(for: name.ledgerName, network: .mainnet).account
    }

    /// Decrypts the value of a record of either form; see `account(for:)`.
    /// - Throws: `NameError(.invalidRecord)`, or `CancellationError`.
    public func value(for name: LedgerName, network: OxenNetwork) async throws -> NameValue {
        guard isLegacy, type == name.type else { return try open(for: name, network: network) }
        do {
            return try decoded(await LegacyRecords.open(encryptedValue, name: name.text), network: network)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Self.undecipherable(error)
        }
    }

    private func decoded(_ bytes: [UInt8], network: OxenNetwork) throws(NameError) -> NameValue {
        do {
            return try NameValue(bytes: bytes, type: type, network: network)
        } catch {
            throw NameError(.invalidRecord, "the record of the name holds no value of its type", underlying: error)
        }
    }

    private static func undecipherable(_ error: any Error) -> NameError {
        (error as? NameError)
            ?? NameError(.invalidRecord, "the record of the name cannot be decrypted", underlying: error)
    }
}
