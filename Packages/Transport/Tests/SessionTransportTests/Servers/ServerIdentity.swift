import Crypto
import FoundationEssentials
import SessionInterfaces
import X509

/// A fresh key with a self-signed certificate for `localhost`.
struct ServerIdentity: Sendable {
    let certificate: String
    let privateKey: String
    /// SHA-256 of the key's DER SubjectPublicKeyInfo.
    let publicKeyDigest: Bytes32

    init() throws {
        let key = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("localhost") }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey),
            notValidBefore: Date.now.addingTimeInterval(-3600), notValidAfter: Date.now.addingTimeInterval(3600),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                SubjectAlternativeNames([.dnsName("localhost")])
            },
            issuerPrivateKey: .init(key))
        self.certificate = try certificate.serializeAsPEM().pemString
        privateKey = key.pemRepresentation
        publicKeyDigest = Bytes32(SHA256.hash(data: key.publicKey.derRepresentation))!
    }

    /// Runs `work` with the path of a file that holds the certificate.
    func withCertificateFile<R>(_ work: (String) async throws -> R) async throws -> R {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(publicKeyDigest.hex).pem").path
        try certificate.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try await work(file)
    }
}
