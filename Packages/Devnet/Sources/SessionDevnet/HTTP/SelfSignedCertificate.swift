import Crypto
import FoundationEssentials
import NIOCore
import NIOSSL
import X509

/// The certificate of a service node: nobody verifies it, since onion requests protect themselves.
/// Follows protocol document 02, section 6.1.
enum SelfSignedCertificate {
    private static let validity: TimeInterval = 10_000 * 86_400

    /// TLS settings with a fresh P-256 key and a certificate for `localhost`.
    static func tlsConfiguration() throws -> TLSConfiguration {
        let key = P256.Signing.PrivateKey()
        let certificate = try NIOSSLCertificate(
            bytes: Array(self.certificate(of: key).serializeAsPEM().pemString.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)))
        configuration.minimumTLSVersion = .tlsv12
        // Clients with an idle connection do not notice that it closes, let alone answer.
        configuration.shutdownTimeout = .milliseconds(100)
        return configuration
    }

    private static func certificate(of key: P256.Signing.PrivateKey) throws -> Certificate {
        let name = try DistinguishedName {
            CommonName("localhost")
            OrganizationName("Oxen")
            CountryName("AU")
        }
        let issuerKey = Certificate.PrivateKey(key)
        let now = Date()
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: issuerKey.publicKey,
            notValidBefore: now.addingTimeInterval(-86_400), notValidAfter: now.addingTimeInterval(validity),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256, extensions: Certificate.Extensions(),
            issuerPrivateKey: issuerKey)
    }
}
