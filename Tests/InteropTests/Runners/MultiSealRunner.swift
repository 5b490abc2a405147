import SessionCrypto
import SessionInterfaces

/// Messages for many recipients.
enum MultiSealRunner {
    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            let sender = try input.sender_seed.ed25519Pair.x25519
            let recipients = try input.recipient_seeds.elements.map { try $0.ed25519Pair.x25519 }
            let messages = try input.messages.elements.map { try $0.bytes }
            let domain = try input.domain.text
            let random = QueuedRandom([try input.nonce.bytes] + (try input.junk_random.elements.map { try $0.bytes }))
            let container = try MultiSeal.seal(
                messages, from: sender, to: recipients.map(\.publicKey), domain: domain,
                paddedToMultipleOf: Int(input.pad_to_multiple_of.integer), random: random)
            try expect(container, equals: row.out.encoded)
            expect(random.isExhausted, row)
            for (position, recipient) in recipients.enumerated() {
                let opened = MultiSeal.open(container, with: recipient, from: sender.publicKey, domain: domain)
                expect(opened == (messages.count == 1 ? messages[0] : messages[position]), row)
                let elsewhere = MultiSeal.open(container, with: recipient, from: sender.publicKey, domain: "other")
                expect(elsewhere == nil, row)
            }
            let stranger = try row.stranger_seed_gets_nothing.ed25519Pair.x25519
            expect(MultiSeal.open(container, with: stranger, from: sender.publicKey, domain: domain) == nil, row)
        }
    }

    static func derived(_ file: Vector, _ tally: Tally) throws {
        let pairs = try file["keys"].elements.map { row in
            let pair = try row.seed_hex.ed25519Pair.x25519
            try expect(pair.withUnsafeSecretKey { Array($0) }, equals: row.x25519_secret_hex)
            try expect(pair.publicKey.bytes.bytes, equals: row.x25519_public_hex)
            return pair
        }
        guard pairs.count == 5 else { throw file["keys"].notUnderstood("five keys") }
        let (sender, recipients) = (pairs[0], Array(pairs[1...3]))
        try tally.checkEach(file.raw) { row in
            let messages = try row.messages.elements.map { Array(try $0.text.utf8) }
            let (domain, nonce) = (try row.domain.text, try row.nonce_hex.bytes)
            let entries = try MultiSeal.entries(
                messages, from: sender, to: recipients.map(\.publicKey), domain: domain, nonce: nonce)
            expect(entries == (try row.encrypted_hex.elements.map { try $0.bytes }), row)
            for (position, pair) in pairs.enumerated().dropFirst() {
                let opened = try MultiSeal.open(
                    entries: entries, with: pair, from: sender.publicKey, domain: domain, nonce: nonce)
                expect(opened == (position == 4 ? nil : messages[messages.count == 1 ? 0 : position - 1]), row)
            }
        }
        try tally.checkEach(file.simple) { row in
            let second = try file.raw.elements[1]
            let container = try MultiSeal.seal(
                second.messages.elements.map { Array(try $0.text.utf8) }, from: sender,
                to: recipients.map(\.publicKey), domain: second.domain.text,
                random: QueuedRandom([second.nonce_hex.bytes]))
            try expect(container, equals: row.encoded_hex)
        }
        let others = try VectorDirectory.read("03-group-keys")
        let group = try others.group.seed_hex.ed25519Pair.x25519
        try tally.checkEach(file.kicked_notices) { row in
            let member = try others.accounts[row.member.text].seed_hex.ed25519Pair.x25519
            let (notice, domain) = (try row.message_hex.bytes, try row.domain.text)
            let plaintext = member.publicKey.bytes.bytes + Array(String(try row.generation.integer).utf8)
            try expect(plaintext, equals: row.plaintext_hex)
            let made = try MultiSeal.seal(
                [plaintext], from: group, to: [member.publicKey], domain: domain,
                random: QueuedRandom([row.nonce_hex.bytes]))
            expect(made == notice, row)
            expect(MultiSeal.open(notice, with: member, from: group.publicKey, domain: domain) == plaintext, row)
        }
        // What `rules` says in words.
        tally.check(file.rules) { row in
            expectRefusal(row) {
                try MultiSeal.seal([[1], [2]], from: sender, to: recipients.map(\.publicKey), domain: "test suite")
            }
            let container = try MultiSeal.seal(
                [Array("hello".utf8)], from: sender, to: recipients.map(\.publicKey), domain: "test suite")
            expect(container.count == 2 + 3 + 27 + 3 + 2 + 3 * (3 + 5 + 16), row)
            expect(MultiSeal.open(container, with: pairs[4], from: sender.publicKey, domain: "test suite") == nil, row)
        }
    }
}
