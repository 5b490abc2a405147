import SessionCrypto
import SessionDevnet
import SessionInterfaces
import SessionMessenger
import SessionStorage

/// The story of one message, told while it happens: every step uses what the other commands use.
struct Demo: Sendable {
    /// The name that the recipient gets in the ledger.
    static let name = "newcomer"

    private let place: Workplace
    private let text: String
    private let tell: @Sendable (String) -> Void

    init(_ place: Workplace, text: String, tell: @escaping @Sendable (String) -> Void) {
        self.place = place
        self.text = text
        self.tell = tell
    }

    func run() async throws -> DemoReport {
        try await TemporaryDirectory.with { directory in
            let transport = try place.catalog.transport.plugin(named: place.settings.transport.value)
                .make(.relays)
            let devnet = Devnet(store: MemoryStore(), transport: transport)
            do {
                let report = try await play(on: devnet, in: directory)
                await shutDown(devnet, transport)
                tell("\nEverything is shut down; nothing is left behind.")
                return report
            } catch {
                await shutDown(devnet, transport)
                throw error
            }
        }
    }

    private func shutDown(_ devnet: Devnet, _ transport: any Transport) async {
        await devnet.stop()
        await transport.shutdown()
    }

    private func play(on devnet: Devnet, in directory: String) async throws -> DemoReport {
        try await devnet.start()
        let network = try await devnet.network
        let nodes = try await devnet.nodes
        tell(
            "A network is up: \(nodes.count) service nodes in \(Set(nodes.map(\.swarmID)).count) swarms, "
                + "each an HTTPS listener on 127.0.0.1.")

        let sender = try await Cast.make("sender", in: directory, place, network)
        let recipient = try await Cast.make("recipient", in: directory, place, network)
        tell("\nTwo accounts, made offline:\n  sender     \(sender.id)\n  recipient  \(recipient.id)")

        try await devnet.register(name: Self.name, for: recipient.id)
        let resolved = try await sender.stack.names.resolve(Self.name)
        try check(resolved == recipient.id, "the name led to another account")
        tell(
            "\nThe name '\(Self.name)' is in the ledger, encrypted. Three nodes were asked and agree:\n  → \(resolved)")

        await devnet.clearSightings()
        let sent = try await sender.messenger.send(text, to: resolved)
        let sightings = SightingTable(await devnet.sightings())
        tell(
            "\nSent \(text.utf8.count) bytes of text, stored by \(sent.confirmedBy.count) nodes of the recipient's swarm."
        )
        let verdict = sent.path.isEmpty ? "this one saw who asked and for whom" : "no node saw both ends"
        tell("What each node on the way could see; \(verdict):\n\(sightings.text)")

        let received = try await recipient.receive(from: sender.id)
        tell("\nThe recipient polled its swarm, decrypted, and verified that \(sender.id.hex.prefix(10))… wrote:")
        tell("  " + PlainText.indented(PlainText.visible(received.text), by: 2))

        let restored = try await restore(recipient, in: directory, network, sender: sender.id)
        tell("\nRestored from its 13 words in an empty directory, the recipient received it again.")

        try check(received.text == text && restored.text == text, "the text changed on the way")
        await sender.close()
        await recipient.close()
        return DemoReport(
            sent: text, received: received, restored: restored, name: (Self.name, resolved), sender: sender.id, sent,
            sightings, settings: place.settings, storage: sender.storage)
    }

    private func restore(
        _ recipient: Cast, in directory: String, _ network: Network, sender: AccountID
    ) async throws -> HistoryEntry {
        let keys = try AccountKeys(recoveryPhrase: recipient.keys.recoveryPhrase())
        try check(keys.accountID == recipient.id, "the recovery phrase led to another account")
        let restored = try await Cast.make("restored", keys: keys, in: directory, place, network)
        let entry = try await restored.receive(from: sender)
        await restored.close()
        return entry
    }

    private func check(_ isTrue: Bool, _ complaint: String) throws {
        guard isTrue else { throw ControlError(.demoFailed, complaint) }
    }
}
