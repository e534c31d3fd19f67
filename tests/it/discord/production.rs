//! The way to the real discord.com, with a stand-in for it on loopback: TLS, the real addresses, no override.

use std::net::SocketAddr;

use axum::serve::Listener;
use registrar::sandbox::{Fault, InteractionDraft, MessageDraft};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

use super::backend::QUOTE;
use super::harness::{Stage, question};

/// Accepts TLS connections.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, address)) = self.listener.accept().await else { continue };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// Serves the local Discord as https://discord.com, and gives the one client that believes it.
async fn stand_in(stage: &Stage) -> reqwest::Client {
    let signed = rcgen::generate_simple_self_signed(["discord.com".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signed.signing_key.serialize_der()));
    let provider = std::sync::Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![signed.cert.der().clone()], key)
        .expect("a key that fits");
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("loopback can be bound");
    let address = listener.local_addr().expect("an address");
    let listener = Tls { listener, acceptor: TlsAcceptor::from(std::sync::Arc::new(config)) };
    let router = stage.discord.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let root = reqwest::Certificate::from_der(signed.cert.der()).expect("a certificate");
    reqwest::Client::builder()
        .add_root_certificate(root)
        .tls_built_in_root_certs(false)
        .resolve("discord.com", address)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn the_way_to_discord_com_works_and_waits_when_told_to() {
    let mut stage = Stage::set(|_, _| {}).await;
    let client = stand_in(&stage).await;
    stage.settings.client = Some(client);
    stage.settings.local = None;
    stage.enter().await;
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    stage.discord.fault(Fault::rate_limited("POST", "/channels/*/messages", 1, 0.5, true));
    let reply = stage.reply(MessageDraft::question(&question("when"))).await;
    assert!(reply.content.contains(QUOTE));
    let response = stage.response(InteractionDraft::ask(&question("when"))).await;
    assert!(response.content.contains(QUOTE));
    let statuses: Vec<u16> = stage.sent("POST", "/messages").iter().map(|one| one.status).collect();
    assert_eq!(statuses, [200, 429, 200]);
    stage.end().await;
}
