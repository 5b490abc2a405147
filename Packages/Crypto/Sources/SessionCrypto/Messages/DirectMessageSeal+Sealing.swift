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
        try seal(plaintext, from: sender, to: recipient, ephemeral: .ephemeral(from: random))
    }

    static func seal(
        _ plaintext: [UInt8], from sender: Ed25519KeyPair, to recipient: AccountID, ephemeral: X25519KeyPair
    ) throws(CryptoError) -> [UInt8] {
        let recipient = try key(of: recipient)
        var isSealed = false
        let sealed = [UInt8](unsafeUninitializedCapacity: plaintext.count + overhead) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            sign(plaintext, from: sender, to: recipient, into: output.from(bodyOffset))
            isSealed = encryptBody(of: output, to: recipient, ephemeral)
            initialized = isSealed ? output.count : 0
        }
        guard isSealed else { throw CryptoError(.badPublicKey, "the recipient's key is of low order") }
        return sealed
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
        withUnsafeTemporaryAllocation(byteCount: signature.count, alignment: 1) { result in
            sender.sign(.init(rebasing: body.dropLast(signature.count - Bytes32.byteCount)), into: result)
            signature.copyMemory(from: UnsafeRawBufferPointer(result))
        }
    }

    /// Encrypts the body where it lies and puts tag and ephemeral key in front; false for a key of low order.
    private static func encryptBody(
        of output: UnsafeMutableRawBufferPointer, to recipient: X25519PublicKey, _ ephemeral: X25519KeyPair
    ) -> Bool {
        ephemeral.publicKey.bytes.withUnsafeBytes { output.copyMemory(from: $0) }
        let box = output.from(Bytes32.byteCount)
        let body = output.from(bodyOffset)
        let nonce = BLAKE2b.hash(
            ephemeral.publicKey.bytes.bytes + recipient.bytes.bytes, size: Int(crypto_box_NONCEBYTES))
        return ephemeral.withUnsafeSecretKey { secretKey in
            recipient.bytes.withUnsafeBytes { recipient in
                crypto_box_easy(box.bytes, body.bytes, UInt64(body.count), nonce, recipient.bytes, secretKey.bytes) == 0
            }
        }
    }
}
