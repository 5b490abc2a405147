import CSodium
import SessionInterfaces

extension DirectMessageSeal {
    /// Signs and encrypts `plaintext`, which the caller has padded already.
    /// - Parameters:
    ///   - recipient: an account (prefix `05`).
    ///   - random: gives the 32 bytes of the ephemeral key.
    /// - Throws: `CryptoError`: `.invalidArgument` when `recipient` is no account, `.badPublicKey` when its key is of
    ///   low order.
    public static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: AccountID,
        random: some RandomSource = CryptoRandom()
    ) throws(CryptoError) -> [UInt8] {
        try seal(plaintext, from: sender, to: key(of: recipient), ephemeral: .ephemeral(from: random))
    }

    static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: X25519PublicKey, ephemeral: X25519KeyPair
    ) throws(CryptoError) -> [UInt8] {
        try box(plaintext.count + trailerByteCount, to: recipient, ephemeral) { body in
            sign(plaintext, from: sender, to: recipient, into: body)
        }
    }

    static func key(of account: AccountID) throws(CryptoError) -> X25519PublicKey {
        guard account.prefix == .standard else {
            throw CryptoError(.invalidArgument, "the recipient is no account: its ID does not begin with 05")
        }
        return X25519PublicKey(account.key)
    }

    /// Fills `body` with plaintext, sender's key and signature.
    private static func sign(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: X25519PublicKey,
        into body: UnsafeMutableRawBufferPointer
    ) {
        body.copyBytes(from: plaintext)
        let key = body.from(plaintext.count)
        sender.publicKey.bytes.withUnsafeBytes { key.copyMemory(from: $0) }
        // The signature covers the recipient's key too, which lies for the moment where the signature will.
        let signature = key.from(Bytes32.byteCount)
        recipient.bytes.withUnsafeBytes { signature.copyMemory(from: $0) }
        let signedByteCount = plaintext.count + 2 * Bytes32.byteCount
        withUnsafeTemporaryAllocation(byteCount: Ed25519.signatureByteCount, alignment: 1) { result in
            sender.sign(UnsafeRawBufferPointer(rebasing: body[..<signedByteCount]), into: result)
            signature.copyMemory(from: UnsafeRawBufferPointer(result))
        }
    }

    /// Encrypts a body of `byteCount` bytes, which `write` fills, in the place where it is written.
    static func box(
        _ byteCount: Int, to recipient: X25519PublicKey, _ ephemeral: X25519KeyPair,
        writingBody write: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(CryptoError) -> [UInt8] {
        var isSealed = false
        let sealed = [UInt8](unsafeUninitializedCapacity: bodyOffset + byteCount) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            ephemeral.publicKey.bytes.withUnsafeBytes { output.copyMemory(from: $0) }
            let body = output.from(bodyOffset)
            write(body)
            isSealed = encrypt(body, to: recipient, ephemeral, into: output.from(Bytes32.byteCount))
            initialized = isSealed ? output.count : 0
        }
        guard isSealed else { throw CryptoError(.badPublicKey, "the recipient's key is of low order") }
        return sealed
    }

    /// Writes tag and ciphertext; false for a key of low order.
    private static func encrypt(
        _ body: UnsafeMutableRawBufferPointer, to recipient: X25519PublicKey, _ ephemeral: X25519KeyPair,
        into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let nonce = BLAKE2b.hash(
            ephemeral.publicKey.bytes.bytes + recipient.bytes.bytes, size: Int(crypto_box_NONCEBYTES))
        return ephemeral.withUnsafeSecretKey { secretKey in
            recipient.bytes.withUnsafeBytes { recipient in
                crypto_box_easy(
                    output.bytes, body.bytes, UInt64(body.count), nonce, recipient.bytes, secretKey.bytes) == 0
            }
        }
    }
}
