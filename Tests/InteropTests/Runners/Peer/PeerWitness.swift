import SessionCrypto
import SessionInterfaces

@testable import SessionDevnet

extension PeerStage {
    /// Puts a message into every swarm before anything happens, for what is handed over when a node moves.
    func plantWitnesses() async throws {
        let running = try await devnet.running
        var missing = Set(running.context.chain.swarms.ids)
        while !missing.isEmpty {
            guard let account = AccountKey(hex: AccountKeys.generate(from: CryptoRandom()).accountID.hex),
                missing.remove(running.context.chain.swarm(of: account).id) != nil
            else { continue }
            let now = clock.now()
            let message = MessageRecord(
                hash: account.messageHash(.messages, [7]), timestamp: now, expiry: now + .days(14), data: [7])
            try await plant(message, for: account, .messages)
        }
    }
}
