import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct MultiSealTests {
    private let random = SeededRandom(seed: 9)
    private let sender: X25519KeyPair
    private let recipients: [X25519KeyPair]

    init() {
        sender = .generate(from: random)
        recipients = (0..<5).map { [random] _ in .generate(from: random) }
    }

    private func seal(_ messages: [[UInt8]], multiple: Int = 0) throws -> [UInt8] {
        try MultiSeal.seal(
            messages, from: sender, to: recipients.map(\.publicKey), domain: "test", paddedToMultipleOf: multiple,
            random: random)
    }

    private func open(_ container: [UInt8], as own: X25519KeyPair) -> [UInt8]? {
        MultiSeal.open(container, with: own, from: sender.publicKey, domain: "test")
    }

    @Test(arguments: [0, 1, 4, 5, 50], [0, 1, 300])
    func everyRecipientFindsTheirs(multiple: Int, count: Int) throws {
        let messages = recipients.map { _ in random.bytes(count) }
        for messages in [messages, [messages[0]]] {
            let container = try seal(messages, multiple: multiple)
            for (position, recipient) in recipients.enumerated() {
                #expect(open(container, as: recipient) == messages[messages.count == 1 ? 0 : position])
            }
            #expect(open(container, as: .generate(from: random)) == nil)
            let elsewhere = MultiSeal.open(
                container, with: recipients[0], from: sender.publicKey, domain: "other")
            #expect(elsewhere == nil)
        }
    }

    @Test func wrongArgumentsAreRefused() throws {
        #expect(throws: CryptoError(.invalidArgument, "")) { try seal([[1], [2]]) }
        #expect(throws: CryptoError(.invalidArgument, "")) { try seal([]) }
        let nobody = X25519PublicKey(Bytes32())
        #expect(throws: CryptoError(.badPublicKey, "")) {
            try MultiSeal.seal([[1]], from: sender, to: [nobody], domain: "test")
        }
        for domain in ["", String(repeating: "a", count: 65)] {
            #expect(throws: CryptoError(.invalidArgument, "")) {
                try MultiSeal.seal([[1]], from: sender, to: [recipients[0].publicKey], domain: domain)
            }
        }
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try MultiSeal.entries([[1]], from: sender, to: [], domain: "test", nonce: [1])
        }
        #expect(MultiSeal.open([], with: recipients[0], from: nobody, domain: "test") == nil)
    }

    /// Keys that are not known, values in one another before and after, and bytes at the end.
    @Test func unknownPartsAreIgnored() throws {
        let sealed = try seal([[7, 8]])
        let (open, close) = (UInt8(ascii: "l"), UInt8(ascii: "e"))
        for (depth, expected) in [(60, [7, 8]), (100_000, nil)] as [(Int, [UInt8]?)] {
            let deep = [UInt8](repeating: open, count: depth) + [UInt8](repeating: close, count: depth)
            let extended =
                Array("d1:!i-12e1:\"".utf8) + deep + sealed.dropFirst().dropLast() + Array("1:zd1:ai1eee".utf8) + [
                    1, 2,
                ]
            #expect(self.open(extended, as: recipients[3]) == expected)
        }
        let between = Array("d1:#24:".utf8) + sealed[7..<31] + Array("1:%2:xx".utf8) + sealed[31...]
        #expect(self.open(between, as: recipients[3]) == [7, 8])
    }

    @Test func otherContainersAreNotForAnyone() throws {
        let sealed = try seal([[7, 8]])
        let nonce = Array("1:#24:".utf8) + sealed[7..<31]
        let list = Array(sealed[31...].dropLast())
        let containers: [[UInt8]] = [
            [], Array("d".utf8), Array("le".utf8), Array("de".utf8), Array("d".utf8) + nonce + Array("e".utf8),
            Array("d".utf8) + list + Array("e".utf8), Array("d".utf8) + list + nonce + Array("e".utf8),
            Array("d1:#3:abc".utf8) + list + Array("e".utf8),
            Array("d".utf8) + nonce + Array("1:eli5ee".utf8), Array("d".utf8) + nonce + Array("1:e".utf8),
            Array("d1:!999999999999999999999:".utf8), Array("d1:!i12".utf8),
            Array("d1:!".utf8) + [UInt8](repeating: UInt8(ascii: "d"), count: 100_000),
        ]
        for container in containers { #expect(open(container, as: recipients[0]) == nil) }
    }

    @Test func anyBytesAreAnswered() throws {
        let sealed = try seal([random.bytes(20)], multiple: 4)
        for count in 0..<200 { #expect(open(Array(sealed.prefix(count)), as: recipients[4]) == nil) }
        for changed in flips(of: sealed) { _ = open(changed, as: recipients[0]) }
        for count in 0..<200 { #expect(open(random.bytes(count), as: recipients[0]) == nil) }
    }
}
