import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct SecretStreamTests {
    private let random = SeededRandom(seed: 23)
    private let key = SecretBytes([UInt8](0..<32))
    private let header = bytes("15c96d3006b0d6f5d792900b796e41baed50417f4da4d163")
    private let failed = CryptoError(.failed, "")

    private struct Sent {
        let plaintext: [UInt8]
        let context: [UInt8]
        let tag: SecretStream.Tag
        let sealed: [UInt8]
    }

    /// Made by libsodium's own sender.
    private let known = [
        Sent(
            plaintext: Array("hello".utf8), context: [], tag: .message,
            sealed: bytes("3e87b1dde0a2d87504784419f83d487cbc4da4fe85ec")),
        Sent(
            plaintext: [], context: Array("ad".utf8), tag: .push, sealed: bytes("de8fb72ee4f4524d0ea9e33cad3f9c9bbb")),
        Sent(
            plaintext: Array("changed".utf8), context: [], tag: .rekey,
            sealed: bytes("c2baa91a4ae02f65d5050d0c6524d53859cb5ddc1090a09d")),
        Sent(
            plaintext: Array("the end".utf8), context: [], tag: .final,
            sealed: bytes("16ab805c61591612f1923a5a255875d15c769613c0d8aab3")),
    ]

    /// Seals a stream under the header of the tests.
    private func seal(_ sent: [Sent]) throws -> [[UInt8]] {
        var sealer = try SecretStreamSealer(key: key, header: header)
        var sealed: [[UInt8]] = []
        for piece in sent {
            sealed.append(try sealer.push(piece.plaintext, tag: piece.tag, authenticating: piece.context))
        }
        return sealed
    }

    /// What the pieces of a stream open to, up to the first that fails, and how it ended.
    private struct Opened: Equatable {
        var plaintexts: [[UInt8]] = []
        var tags: [SecretStream.Tag] = []
        var error: CryptoError?
        var isComplete = false
    }

    /// Goes on after a piece that failed, as nobody should.
    private func open(
        _ pieces: [[UInt8]], contexts: [[UInt8]] = [], key: SecretBytes? = nil, header: [UInt8]? = nil
    ) throws -> Opened {
        var opener = try SecretStreamOpener(key: key ?? self.key, header: header ?? self.header)
        var opened = Opened()
        for (position, piece) in pieces.enumerated() {
            do throws(CryptoError) {
                let context = position < contexts.count ? contexts[position] : []
                let piece = try opener.pull(piece, authenticating: context)
                opened.plaintexts.append(piece.plaintext)
                opened.tags.append(piece.tag)
            } catch {
                opened.error = opened.error ?? error
            }
        }
        opened.isComplete = opener.isComplete
        return opened
    }

    /// Three pieces of a stream, the last one marked.
    private func pieces() throws -> [[UInt8]] {
        try seal([
            Sent(plaintext: [1, 2], context: [], tag: .message, sealed: []),
            Sent(plaintext: [3], context: [], tag: .message, sealed: []),
            Sent(plaintext: [4, 5], context: [], tag: .final, sealed: []),
        ])
    }

    @Test func knownAnswers() throws {
        #expect(try seal(known) == known.map(\.sealed))
        let opened = try open(known.map(\.sealed), contexts: known.map(\.context))
        #expect(opened.plaintexts == known.map(\.plaintext))
        #expect(opened.tags == known.map(\.tag))
        #expect(opened.isComplete && opened.error == nil)
    }

    @Test(arguments: [0, 1, 100, 32_768, 200_000])
    func opensWhatItSealed(count: Int) throws {
        let plaintext = random.bytes(count)
        var sealer = try SecretStreamSealer(key: key, random: random)
        let first = try sealer.push(plaintext)
        let last = try sealer.push(plaintext, tag: .final)
        #expect(first.count == count + SecretStream.overhead)
        let opened = try open([first, last], header: sealer.header)
        #expect(opened.plaintexts == [plaintext, plaintext] && opened.isComplete)
    }

    @Test func headersAreDrawn() throws {
        let (first, second) = (try SecretStreamSealer(key: key).header, try SecretStreamSealer(key: key).header)
        #expect(first.count == SecretStream.headerByteCount && first != second)
    }

    @Test func cutStreamsAreNotComplete() throws {
        let pieces = try pieces()
        #expect(try open(pieces).isComplete)
        let cut = try open(pieces.dropLast())
        #expect(!cut.isComplete && cut.error == nil && cut.plaintexts == [[1, 2], [3]])
    }

    @Test(arguments: [([1, 0, 2], 0), ([0, 2, 1], 1), ([0, 0, 1], 1), ([1, 2], 0), ([2], 0), ([0, 2, 1, 2], 1)])
    func nothingOpensAfterAPieceOutOfPlace(order: [Int], readable: Int) throws {
        let pieces = try pieces()
        let opened = try open(order.map { pieces[$0] })
        #expect(opened.plaintexts == [[1, 2], [3], [4, 5]].prefix(readable).map { $0 })
        #expect(opened.error == failed && !opened.isComplete)
    }

    @Test func everyBitCounts() throws {
        let piece = try pieces()[0]
        let nothing = Opened(error: failed)
        for changed in flips(of: piece) { #expect(try open([changed]) == nothing) }
        for header in flips(of: header) { #expect(try open([piece], header: header) == nothing) }
        for key in flips(of: key.revealed) { #expect(try open([piece], key: SecretBytes(key)) == nothing) }
        #expect(try open([piece], contexts: [[1]]) == nothing)
    }

    @Test func nothingComesAfterTheEnd() throws {
        let last = Sent(plaintext: [1], context: [], tag: .final, sealed: [])
        #expect(throws: CryptoError(.invalidArgument, "")) { try seal([last, last]) }
        let sealed = try seal([last])
        let opened = try open(sealed + sealed)
        #expect(opened.plaintexts == [[1]] && opened.error == failed && opened.isComplete)
    }

    @Test(arguments: 0..<SecretStream.overhead)
    func shortPiecesAreRefused(count: Int) throws {
        #expect(try open([random.bytes(count)]).error == CryptoError(.tooShort, ""))
    }

    @Test(arguments: [0, 16, 23, 25, 31, 33])
    func otherLengthsOfKeyAndHeaderAreRefused(count: Int) {
        let (refused, other) = (CryptoError(.invalidArgument, ""), random.bytes(count))
        #expect(throws: refused) { try SecretStreamSealer(key: SecretBytes(other), header: header).header }
        #expect(throws: refused) { try open([], header: other) }
        #expect(throws: refused) { try open([], key: SecretBytes(other)) }
    }
}
