// The words around installing in five more languages.
import type { OAuthTexts } from './page-texts.ts';

export const es: OAuthTexts = {
  lang: 'es',
  pages: {
    installed: {
      title: 'Afterword está instalado',
      body: 'Vaya a Slack, abra la pestaña de inicio de Afterword y siga los pasos. Después, invítelo a su canal de soporte.',
    },
    declined: {
      title: 'No se instaló nada',
      body: 'La instalación se canceló y en su espacio de trabajo no ha cambiado nada.',
    },
    stale: {
      title: 'Este enlace ya no vale',
      body: 'Ya se usó, tiene más de diez minutos o se abrió en otro navegador. No se instaló nada.',
    },
    failed: {
      title: 'Slack no terminó la instalación',
      body: 'Empiece de nuevo. Si no sirve, quien gestiona Afterword encontrará el motivo en su registro.',
    },
    away: {
      title: 'No se pudo guardar en este momento',
      body: 'Inténtelo de nuevo en un minuto. Instalar dos veces no hace daño.',
    },
    missing: { title: 'Aquí no hay nada', body: 'Para instalar Afterword, empiece con el enlace de abajo.' },
  },
  again: 'Instalar Afterword',
  open: 'Abrir Slack',
};

export const de: OAuthTexts = {
  lang: 'de',
  pages: {
    installed: {
      title: 'Afterword ist installiert',
      body: 'Gehen Sie zu Slack, öffnen Sie Afterwords Startseite und folgen Sie den Schritten dort. Laden Sie es dann in Ihren Support-Kanal ein.',
    },
    declined: {
      title: 'Nichts wurde installiert',
      body: 'Die Installation wurde abgebrochen, und in Ihrem Arbeitsbereich hat sich nichts geändert.',
    },
    stale: {
      title: 'Dieser Link gilt nicht mehr',
      body: 'Er wurde schon benutzt, ist älter als zehn Minuten oder wurde in einem anderen Browser geöffnet. Nichts wurde installiert.',
    },
    failed: {
      title: 'Slack hat die Installation nicht abgeschlossen',
      body: 'Bitte beginnen Sie noch einmal. Hilft das nicht, steht der Grund im Protokoll von Afterword.',
    },
    away: {
      title: 'Das ließ sich gerade nicht speichern',
      body: 'Bitte versuchen Sie es in einer Minute noch einmal. Zweimal zu installieren schadet nicht.',
    },
    missing: {
      title: 'Hier gibt es nichts',
      body: 'Um Afterword zu installieren, beginnen Sie mit dem Link unten.',
    },
  },
  again: 'Afterword installieren',
  open: 'Slack öffnen',
};

export const fr: OAuthTexts = {
  lang: 'fr',
  pages: {
    installed: {
      title: 'Afterword est installé',
      body: 'Allez dans Slack, ouvrez l’onglet d’accueil d’Afterword et suivez les étapes. Invitez-le ensuite dans votre canal de support.',
    },
    declined: {
      title: 'Rien n’a été installé',
      body: 'L’installation a été annulée, et rien n’a changé dans votre espace de travail.',
    },
    stale: {
      title: 'Ce lien n’est plus valable',
      body: 'Il a déjà servi, date de plus de dix minutes ou a été ouvert dans un autre navigateur. Rien n’a été installé.',
    },
    failed: {
      title: 'Slack n’a pas terminé l’installation',
      body: 'Veuillez recommencer. Si cela n’aide pas, la raison se trouve dans le journal d’Afterword.',
    },
    away: {
      title: 'L’enregistrement a échoué pour l’instant',
      body: 'Veuillez réessayer dans une minute. Installer deux fois ne fait aucun mal.',
    },
    missing: {
      title: 'Il n’y a rien ici',
      body: 'Pour installer Afterword, commencez par le lien ci-dessous.',
    },
  },
  again: 'Installer Afterword',
  open: 'Ouvrir Slack',
};

export const ja: OAuthTexts = {
  lang: 'ja',
  pages: {
    installed: {
      title: 'Afterwordをインストールしました',
      body: 'SlackでAfterwordのホームタブを開き、手順に沿って進めてください。その後、サポートのチャンネルに招待してください。',
    },
    declined: {
      title: '何もインストールされていません',
      body: 'インストールは取り消され、ワークスペースは何も変わっていません。',
    },
    stale: {
      title: 'このリンクは無効です',
      body: '使用済みか、10分以上たっているか、別のブラウザーで開かれました。何もインストールされていません。',
    },
    failed: {
      title: 'Slackでのインストールが完了しませんでした',
      body: 'もう一度やり直してください。解決しない場合は、Afterwordのログに理由が記録されています。',
    },
    away: {
      title: '今は保存できませんでした',
      body: '1分ほど待ってから、もう一度お試しください。2回インストールしても問題ありません。',
    },
    missing: {
      title: 'ここには何もありません',
      body: 'Afterwordをインストールするには、下のリンクから始めてください。',
    },
  },
  again: 'Afterwordをインストール',
  open: 'Slackを開く',
};

export const pt: OAuthTexts = {
  lang: 'pt-BR',
  pages: {
    installed: {
      title: 'O Afterword está instalado',
      body: 'Vá ao Slack, abra a aba inicial do Afterword e siga os passos. Depois, convide-o para o seu canal de suporte.',
    },
    declined: {
      title: 'Nada foi instalado',
      body: 'A instalação foi cancelada, e nada mudou no seu espaço de trabalho.',
    },
    stale: {
      title: 'Este link não vale mais',
      body: 'Ele já foi usado, tem mais de dez minutos ou foi aberto em outro navegador. Nada foi instalado.',
    },
    failed: {
      title: 'O Slack não concluiu a instalação',
      body: 'Comece de novo. Se não adiantar, o motivo está no registro do Afterword.',
    },
    away: {
      title: 'Não foi possível salvar agora',
      body: 'Tente de novo em um minuto. Instalar duas vezes não faz mal.',
    },
    missing: { title: 'Não há nada aqui', body: 'Para instalar o Afterword, comece pelo link abaixo.' },
  },
  again: 'Instalar o Afterword',
  open: 'Abrir o Slack',
};
