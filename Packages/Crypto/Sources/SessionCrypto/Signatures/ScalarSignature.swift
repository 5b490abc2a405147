import SessionInterfaces

/// Ed25519 signatures by keys that have no seed: the signer brings the scalar and the nonce.
enum ScalarSignature {
    /// Signs `message`; the result verifies as a plain Ed25519 signature by `publicKey`.
    /// - Parameters:
    ///   - scalar: the secret behind `publicKey`.
    ///   - nonce: never the same for two messages.
    static func sign(_ message: [UInt8], by scalar: Scalar, _ publicKey: Bytes32, nonce: Scalar) -> [UInt8] {
        let commitment = nonce.point.bytes
        let challenge = Scalar(sha512: commitment, publicKey.bytes, message)
        let response = nonce + challenge * scalar
        return commitment + response.bytes.withUnsafeBytes { [UInt8]($0) }
    }
}
