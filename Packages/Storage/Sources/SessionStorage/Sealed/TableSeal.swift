import SessionCrypto
import SessionInterfaces

/// The keys of a sealed store, both derived from its master key.
struct SealKeys: Sendable {
    let values: SecretBytes
    let identifiers: SecretBytes

    init(master: SecretBytes) {
        values = BLAKE2b.derive(Array("values".utf8), from: master, personal: Self.personal)
        identifiers = BLAKE2b.derive(Array("identifiers".utf8), from: master, personal: Self.personal)
    }

    static let personal = Array("session-at-rest.".utf8)
}

/// How the entries of one table are sealed.
///
/// The stored key has the key's numbers as they are, and a hash of 16 bytes in place of each identifier; hashes of
/// different tables and parts have nothing in common. The stored value is a nonce of 24 bytes, the ciphertext and a tag
/// of 16 bytes; table and stored key are its additional data, so that it is good at its place only. The plaintext is the
/// length of the key in two bytes, the key, and the value.
struct TableSeal: Sendable {
    let layout: KeyLayout
    private let values: SecretBytes
    private let identifiers: SecretBytes
    private let name: [UInt8]

    static let hashSize = 16
    /// Bytes by which a value and its key grow.
    static let overhead = XChaCha20Poly1305.nonceByteCount + XChaCha20Poly1305.overhead + 2

    init(_ table: StoreTable, _ layout: KeyLayout, _ keys: SealKeys) {
        self.layout = layout
        values = keys.values
        name = Array(table.name.utf8)
        identifiers = BLAKE2b.derive(name, from: keys.identifiers, personal: SealKeys.personal)
    }

    /// The stored key of a whole key.
    func storedKey(_ key: [UInt8]) -> [UInt8] {
        let (parts, end) = storedParts(of: key, upTo: key.count)
        guard end < key.count else { return parts.stored }
        // What is left is shorter than the part should be, or comes after the last part.
        let rest = key[end...]
        return parts.stored + (layout.isNumber(parts.count) ? Array(rest) : hash(rest, part: parts.count))
    }

    /// The stored form of the parts of `key` that end at `limit` or before; how many there are, and where they end.
    func storedParts(of key: [UInt8], upTo limit: Int) -> (parts: (stored: [UInt8], count: Int), end: Int) {
        var (stored, index, start) = ([UInt8](), 0, 0)
        while let end = layout.end(ofPart: index, from: start, in: key), end <= limit {
            stored += layout.isNumber(index) ? Array(key[start..<end]) : hash(key[start..<end], part: index)
            (index, start) = (index + 1, end)
        }
        return ((stored, index), start)
    }

    private func hash(_ bytes: ArraySlice<UInt8>, part: Int) -> [UInt8] {
        var personal = SealKeys.personal
        personal[15] = UInt8(part)
        return BLAKE2b.hash(bytes, size: Self.hashSize, secretKey: identifiers, personal: personal)
    }

    func seal(_ value: [UInt8], for key: [UInt8], at storedKey: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(2 + key.count + value.count)
        plaintext.append(UInt8(truncatingIfNeeded: key.count >> 8))
        plaintext.append(UInt8(truncatingIfNeeded: key.count))
        plaintext.append(contentsOf: key)
        plaintext.append(contentsOf: value)
        return nonce
            + (try XChaCha20Poly1305.seal(plaintext, key: values, nonce: nonce, authenticating: context(storedKey)))
    }

    func open(_ stored: RawSpan, at storedKey: [UInt8]) throws -> OpenedEntry {
        let nonceSize = XChaCha20Poly1305.nonceByteCount
        guard stored.byteCount >= nonceSize + XChaCha20Poly1305.overhead else { throw Self.damaged }
        let nonce = [UInt8](stored.extracting(first: nonceSize))
        let ciphertext = [UInt8](stored.extracting(droppingFirst: nonceSize))
        do {
            let plaintext = try XChaCha20Poly1305.open(
                ciphertext, key: values, nonce: nonce, authenticating: context(storedKey))
            guard let entry = OpenedEntry(plaintext: plaintext, storedKey: storedKey) else { throw Self.damaged }
            return entry
        } catch is CryptoError {
            throw Self.damaged
        }
    }

    private func context(_ storedKey: [UInt8]) -> [UInt8] { name + [0] + storedKey }

    private static var damaged: StoreError { StoreError(.corrupted, "a sealed entry is damaged") }
}

/// A key and its value, unsealed.
struct OpenedEntry {
    private let plaintext: [UInt8]
    private let keySize: Int
    let storedKey: [UInt8]

    init?(plaintext: [UInt8], storedKey: [UInt8]) {
        guard plaintext.count >= 2 else { return nil }
        keySize = Int(plaintext[0]) << 8 | Int(plaintext[1])
        guard keySize > 0, plaintext.count >= 2 + keySize else { return nil }
        self.plaintext = plaintext
        self.storedKey = storedKey
    }

    var key: [UInt8] { Array(plaintext[2..<2 + keySize]) }

    func isFor(_ key: [UInt8]) -> Bool { plaintext[2..<2 + keySize] == key[...] }

    func withSpans<R>(_ body: (_ key: RawSpan, _ value: RawSpan) throws -> R) rethrows -> R {
        let plaintext = plaintext
        let bytes = plaintext.span.bytes
        return try body(bytes.extracting(2..<2 + keySize), bytes.extracting(2 + keySize..<plaintext.count))
    }
}

/// Nonces of which none comes twice: sixteen random bytes, and a counter.
final class NonceSequence {
    private let start: [UInt8]
    private var count: UInt64 = 0

    init(random: any RandomSource) { start = random.bytes(XChaCha20Poly1305.nonceByteCount - 8) }

    func next() -> [UInt8] {
        count += 1
        return withUnsafeBytes(of: count.littleEndian) { start + $0 }
    }
}
